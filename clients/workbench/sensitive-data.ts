/**
 * The switch of the Python SDK for inputs and outputs, `OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA`, for the
 * JavaScript SDK, which knows only the run's own `traceIncludeSensitiveData`.
 */

/** False where the environment says no. In browsers there is none. */
export function includesSensitiveData(): boolean {
  if (typeof process === 'undefined') return true;
  const text = process.env['OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA']?.trim().toLowerCase();
  return text === undefined || text === '' || ['1', 'true', 'yes', 'on'].includes(text);
}

/** What people and models said, and what tools were given and gave. */
const CONTENT = new Set(['input', 'output']);

/** The item without any content of its span. */
export function withoutContent(item: object): object {
  if (!('span_data' in item) || typeof item.span_data !== 'object' || item.span_data === null) return item;
  const kept = Object.entries(item.span_data).filter(([key]) => !CONTENT.has(key));
  return { ...item, span_data: Object.fromEntries(kept) };
}
