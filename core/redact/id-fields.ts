/**
 * Ids tie records together and are made by chance, so in them only what cannot be chance is looked for. Times are
 * long numbers and nobody's.
 */
import type { SensitiveType } from '../detect/sensitive-types.ts';

const STRUCTURAL = new Set([
  'id',
  'trace_id',
  'span_id',
  'parent_id',
  'call_id',
  'tool_call_id',
  'response_id',
  'previous_response_id',
  'item_id',
  'run_id',
  'traceId',
  'spanId',
  'parentSpanId',
]);
const ID_FORM = /^[\w.:@+-]{0,200}$/;

export function isStructuralId(key: string | undefined, text: string): boolean {
  return key !== undefined && STRUCTURAL.has(key) && ID_FORM.test(text);
}

export const LOOKED_FOR_IN_IDS: ReadonlySet<SensitiveType> = new Set(['email', 'iban', 'us-ssn', 'secret']);

const TIME =
  /(?:_at|_ts|_?time|_?timestamp|epoch|nano|_ns|_us|_ms|tokens?|duration|created|updated|bytes|size|seed)$|^(?:ts|at|time|created|expires)/i;

/** Keys whose numbers are times, counts or sizes. */
export function isTimeKey(key: string): boolean {
  return TIME.test(key);
}
