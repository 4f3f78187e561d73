/** Which token colours a kind of span. Kinds that mean the same to a reader share a hue. */
import type { SpanKind } from '../../core/model/span-kind.ts';

export const HUES = [
  'agent',
  'generation',
  'function',
  'handoff',
  'guardrail',
  'mcp',
  'voice',
  'custom',
  'task',
  'turn',
] as const;
export type Hue = (typeof HUES)[number];

export const KIND_HUE: Readonly<Record<SpanKind, Hue>> = {
  custom: 'custom',
  agent: 'agent',
  generation: 'generation',
  response: 'generation',
  function: 'function',
  guardrail: 'guardrail',
  handoff: 'handoff',
  mcp_tools: 'mcp',
  task: 'task',
  turn: 'turn',
  transcription: 'voice',
  speech: 'voice',
  speech_group: 'voice',
};

/** The custom property that holds the colour of a kind. */
export function hueToken(kind: SpanKind): string {
  return `--k-${KIND_HUE[kind]}`;
}
