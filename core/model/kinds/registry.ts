/** Every kind of span. A new kind is its own file, one line here and its name at the end of SPAN_KINDS. */
import { objectAt, stringAt, type JsonObject } from '../json.ts';
import type { SpanKind } from '../span-kind.ts';
import { agentKind } from './agent.ts';
import { customKind } from './custom.ts';
import { functionKind } from './function.ts';
import { generationKind } from './generation.ts';
import { guardrailKind } from './guardrail.ts';
import { handoffKind } from './handoff.ts';
import type { KindDefinition } from './kind-definition.ts';
import { mcpToolsKind } from './mcp-tools.ts';
import { responseKind } from './response.ts';
import { speechGroupKind } from './speech-group.ts';
import { speechKind } from './speech.ts';
import { taskKind } from './task.ts';
import { transcriptionKind } from './transcription.ts';
import { turnKind } from './turn.ts';

export const KIND_DEFINITIONS: Readonly<Record<SpanKind, KindDefinition>> = {
  custom: customKind,
  agent: agentKind,
  generation: generationKind,
  response: responseKind,
  function: functionKind,
  guardrail: guardrailKind,
  handoff: handoffKind,
  mcp_tools: mcpToolsKind,
  task: taskKind,
  turn: turnKind,
  transcription: transcriptionKind,
  speech: speechKind,
  speech_group: speechGroupKind,
};

const BY_WIRE_TYPE = new Map(
  Object.values(KIND_DEFINITIONS).flatMap((definition) =>
    definition.wireTypes.map((wireType): [string, KindDefinition] => [wireType, definition]),
  ),
);

/** The kind of a span's data. Tasks and turns travel as custom spans; an unknown type is custom. */
export function findKind(data: JsonObject): KindDefinition {
  const definition = BY_WIRE_TYPE.get(stringAt(data, 'type') ?? '') ?? customKind;
  if (definition !== customKind) return definition;
  switch (stringAt(objectAt(data, 'data') ?? {}, 'sdk_span_type')) {
    case 'task':
      return taskKind;
    case 'turn':
      return turnKind;
    default:
      return customKind;
  }
}
