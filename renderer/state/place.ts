/** Where a person is in the page, and the same as the address behind the #. */

export type Place =
  | { readonly kind: 'library' }
  | { readonly kind: 'trace'; readonly traceId: string; readonly spanId: string | undefined };

/** `#/` and anything unknown is the library; `#/trace/<id>?span=<id>` is a trace. */
export function readPlace(hash: string): Place {
  const match = /^#\/trace\/([^?]+)(?:\?(.*))?$/.exec(hash);
  const traceId = decode(match?.[1]);
  if (traceId === undefined) return { kind: 'library' };
  const spanId = new URLSearchParams(match?.[2] ?? '').get('span') ?? undefined;
  return { kind: 'trace', traceId, spanId: spanId === '' ? undefined : spanId };
}

export function writePlace(place: Place): string {
  if (place.kind === 'library') return '#/';
  const span = place.spanId === undefined ? '' : `?span=${encodeURIComponent(place.spanId)}`;
  return `#/trace/${encodeURIComponent(place.traceId)}${span}`;
}

/** Any string may be an id, and anybody may type an address: a bad escape is no trace. */
function decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
