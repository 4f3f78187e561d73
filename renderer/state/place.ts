/** Where a person is in the page, and the same as the address behind the #. */
import { readTraceView, type TraceView } from './trace-view.ts';

export type Place =
  /** `query`: filter, order and columns (`library-address.ts`); absent: the list as it first is. */
  | { readonly kind: 'library'; readonly query?: string }
  | { readonly kind: 'connect' }
  | OwnPlace
  /** Two traces side by side; without `b` it is asked for. */
  | { readonly kind: 'compare'; readonly a: string; readonly b?: string }
  | {
      readonly kind: 'trace';
      readonly traceId: string;
      readonly spanId: string | undefined;
      /** Absent: the flame graph. */
      readonly view?: Exclude<TraceView, 'flame'>;
    };

/** Pages about Tracebench itself; their address is their name. */
export interface OwnPlace {
  readonly kind: (typeof OWN_PLACES)[number];
}

export const OWN_PLACES = ['cleanup', 'imports', 'health', 'settings'] as const;

/** `#/`, `#/?<query>` and anything unknown is the library; `#/trace/<id>?span=<id>&view=<view>` is a trace, `#/compare?a=<id>&b=<id>` are two. */
export function readPlace(hash: string): Place {
  if (hash === '#/connect') return { kind: 'connect' };
  const own = OWN_PLACES.find((kind) => hash === `#/${kind}`);
  if (own !== undefined) return { kind: own };
  if (hash.startsWith('#/compare?'))
    return readComparison(new URLSearchParams(hash.slice('#/compare?'.length)));
  const match = /^#\/trace\/([^?]+)(?:\?(.*))?$/.exec(hash);
  const traceId = decode(match?.[1]);
  if (traceId === undefined)
    return hash.startsWith('#/?') ? libraryPlace(hash.slice(3)) : { kind: 'library' };
  const params = new URLSearchParams(match?.[2] ?? '');
  const spanId = params.get('span') ?? undefined;
  const view = readTraceView(params.get('view'));
  return {
    kind: 'trace',
    traceId,
    spanId: spanId === '' ? undefined : spanId,
    ...(view !== undefined && view !== 'flame' && { view }),
  };
}

export function writePlace(place: Place): string {
  switch (place.kind) {
    case 'library':
      return place.query === undefined ? '#/' : `#/?${place.query}`;
    case 'connect':
    case 'cleanup':
    case 'imports':
    case 'health':
    case 'settings':
      return `#/${place.kind}`;
    case 'compare': {
      const { a, b } = place;
      return `#/compare?${String(new URLSearchParams(b === undefined ? { a } : { a, b }))}`;
    }
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

function readComparison(params: URLSearchParams): Place {
  const [a, b] = [params.get('a') ?? '', params.get('b') ?? ''];
  if (a === '') return { kind: 'library' };
  return b === '' ? { kind: 'compare', a } : { kind: 'compare', a, b };
}

/** The library as a query asks for it. */
export function libraryPlace(query: string): Place {
  return query === '' ? { kind: 'library' } : { kind: 'library', query };
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
