/** Ids of traces, spans and groups, in the form of the OpenAI Agents SDKs. */

export interface TracingIdGenerator {
  readonly generateTraceId?: (() => string) | undefined;
  readonly generateSpanId?: (() => string) | undefined;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** One call of the random source for many ids: the call costs more than the bytes. */
const pool = new Uint8Array(4096);
let used = pool.length;
let generator: TracingIdGenerator = {};

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let text = '';
  for (const end = used + bytes; used < end; used++) text += HEX[pool[used] ?? 0] ?? '';
  return text;
}

/** `trace_` and 32 hex digits, or what the program's own generator gives. */
export function generateTraceId(): string {
  return generator.generateTraceId?.() ?? `trace_${randomHex(16)}`;
}

/** `span_` and 24 hex digits, or what the program's own generator gives. */
export function generateSpanId(): string {
  return generator.generateSpanId?.() ?? `span_${randomHex(12)}`;
}

/** `group_` and 24 hex digits. */
export function generateGroupId(): string {
  return `group_${randomHex(12)}`;
}

/** Takes the ids from the program's own source; `undefined` goes back to ours. */
export function setTracingIdGenerator(own: TracingIdGenerator | undefined): void {
  generator = own ?? {};
}
