/** Where a person is in the page, and the same as the address behind the #. */

export type Place =
  | { readonly kind: 'library' }
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'trace';
      readonly traceId: string;
      readonly spanId: string | undefined;
      /** Absent: the flame graph. */
      readonly view?: 'handoffs';
    };

/** `#/` and anything unknown is the library; `#/trace/<id>?span=<id>&view=handoffs` is a trace. */
export function readPlace(hash: string): Place {
  if (hash === '#/connect') return { kind: 'connect' };
  const match = /^#\/trace\/([^?]+)(?:\?(.*))?$/.exec(hash);
  const traceId = decode(match?.[1]);
  if (traceId === undefined) return { kind: 'library' };
  const params = new URLSearchParams(match?.[2] ?? '');
  const spanId = params.get('span') ?? undefined;
  return {
    kind: 'trace',
    traceId,
    spanId: spanId === '' ? undefined : spanId,
    ...(params.get('view') === 'handoffs' && { view: 'handoffs' }),
  };
}

export function writePlace(place: Place): string {
  switch (place.kind) {
    case 'library':
      return '#/';
    case 'connect':
      return '#/connect';
    case 'trace': {
      const words = [
        ...(place.spanId === undefined ? [] : [`span=${encodeURIComponent(place.spanId)}`]),
        ...(place.view === undefined ? [] : [`view=${place.view}`]),
      ];
      const query = words.length === 0 ? '' : `?${words.join('&')}`;
      return `#/trace/${encodeURIComponent(place.traceId)}${query}`;
    }
  }
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
