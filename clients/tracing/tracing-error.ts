/** What went wrong in a span, in the words of the SDKs. */

export interface SpanError {
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

/** A span's error from whatever was thrown: its message and, where it carries one, its `data`. */
export function readError(thrown: unknown): SpanError {
  if (!(thrown instanceof Error)) return { message: describe(thrown) };
  const { data } = thrown as { readonly data?: unknown };
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? { message: thrown.message, data: { ...data } }
    : { message: thrown.message };
}

function describe(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something that cannot be told was thrown';
  }
}
