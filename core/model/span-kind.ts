/**
 * The kinds of span, in the words of the OpenAI Agents SDK. The order is the code that columns and
 * sidecars store, so a new kind goes to the end and none ever moves.
 */
export const SPAN_KINDS = [
  'custom',
  'agent',
  'generation',
  'response',
  'function',
  'guardrail',
  'handoff',
  'mcp_tools',
  'task',
  'turn',
  'transcription',
  'speech',
  'speech_group',
] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

/** The stored code of a kind: its place in SPAN_KINDS. */
export type KindCode = number;

export const KIND_CODE = Object.fromEntries(SPAN_KINDS.map((kind, code) => [kind, code])) as Record<
  SpanKind,
  KindCode
>;

/** The kind of a stored code; a code from a later version reads as custom. */
export function kindOf(code: KindCode): SpanKind {
  return SPAN_KINDS[code] ?? 'custom';
}
