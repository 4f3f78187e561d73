/** Where a person is in the page, and the same as the address behind the #. */
import { GROUP_KINDS, type GroupKind } from '../../core/rpc/corpus.ts';
import { readTraceView, type TraceView } from './trace-view.ts';

export type Place =
  /** `query`: filter, order and columns (`library-address.ts`); absent: the list as it first is. */
  | { readonly kind: 'library'; readonly query?: string }
  /** Figures of the traces that the library's query selects; `query` is that of the library, too. */
  | { readonly kind: CorpusPlaceKind; readonly query?: string }
  /** Traces that belong together: by group, session or conversation, or by their user. */
  | { readonly kind: 'group'; readonly by: GroupKind; readonly id: string }
  | { readonly kind: 'connect' }
  /** `id`: the plugin that is looked at; absent: the first. */
  | { readonly kind: 'plugins'; readonly id?: string }
  | OwnPlace
  /** Two traces side by side; without `b` it is asked for. */
  | { readonly kind: 'compare'; readonly a: string; readonly b?: string }
  | {
      readonly kind: 'trace';
      readonly traceId: string;
      readonly spanId: string | undefined;
      /** Absent: the flame graph. */
      readonly view?: Exclude<TraceView, 'flame'>;
      /** Words that are lit wherever they stand. */
      readonly words?: string;
    };

/** Pages about many traces at once; their address is their name, and the library's query behind it. */
export const CORPUS_PLACES = ['map', 'insights', 'search'] as const;
export type CorpusPlaceKind = (typeof CORPUS_PLACES)[number];

/** Pages whose address is their name: what was found in all traces, and those about Tracebench itself. */
export interface OwnPlace {
  readonly kind: (typeof OWN_PLACES)[number];
}

export const OWN_PLACES = ['findings', 'audit', 'cleanup', 'imports', 'health', 'costs', 'settings'] as const;

/** `#/`, `#/?<query>` and anything unknown is the library; `#/trace/<id>?span=<id>&view=<view>&words=<words>` is a trace, `#/compare?a=<id>&b=<id>` are two. */
export function readPlace(hash: string): Place {
  if (hash === '#/connect') return { kind: 'connect' };
  const corpus = CORPUS_PLACES.find((kind) => hash.replace(/\?.*/, '') === `#/${kind}`);
  if (corpus !== undefined) return queriedPlace(corpus, hash.slice(corpus.length + 3));
  const own = OWN_PLACES.find((kind) => hash === `#/${kind}`);
  if (own !== undefined) return { kind: own };
  const plugin = readPlugin(hash);
  if (plugin !== undefined) return plugin;
  if (hash.startsWith('#/compare?'))
    return readComparison(new URLSearchParams(hash.slice('#/compare?'.length)));
  const group = readGroup(hash);
  if (group !== undefined) return group;
  const match = /^#\/trace\/([^?]+)(?:\?(.*))?$/.exec(hash);
  const traceId = decode(match?.[1]);
  if (traceId === undefined)
    return hash.startsWith('#/?') ? libraryPlace(hash.slice(3)) : { kind: 'library' };
  const params = new URLSearchParams(match?.[2] ?? '');
  const spanId = params.get('span') ?? undefined;
  const view = readTraceView(params.get('view'));
  const found = params.get('words') ?? '';
  return {
    kind: 'trace',
    traceId,
    spanId: spanId === '' ? undefined : spanId,
    ...(view !== undefined && view !== 'flame' && { view }),
    ...(found !== '' && { words: found }),
  };
}

export function writePlace(place: Place): string {
  switch (place.kind) {
    case 'library':
      return place.query === undefined ? '#/' : `#/?${place.query}`;
    case 'connect':
    case 'findings':
    case 'audit':
    case 'cleanup':
    case 'imports':
    case 'health':
    case 'costs':
    case 'settings':
      return `#/${place.kind}`;
    case 'map':
    case 'insights':
    case 'search':
      return place.query === undefined ? `#/${place.kind}` : `#/${place.kind}?${place.query}`;
    case 'plugins':
      return place.id === undefined ? '#/plugins' : `#/plugins/${encodeURIComponent(place.id)}`;
    case 'group':
      return `#/${place.by}/${encodeURIComponent(place.id)}`;
    case 'compare': {
      const { a, b } = place;
      return `#/compare?${String(new URLSearchParams(b === undefined ? { a } : { a, b }))}`;
    }
    case 'trace': {
      const words = [
        ...(place.spanId === undefined ? [] : [`span=${encodeURIComponent(place.spanId)}`]),
        ...(place.view === undefined ? [] : [`view=${place.view}`]),
        ...(place.words === undefined ? [] : [`words=${encodeURIComponent(place.words)}`]),
      ];
      const query = words.length === 0 ? '' : `?${words.join('&')}`;
      return `#/trace/${encodeURIComponent(place.traceId)}${query}`;
    }
  }
}

function readGroup(hash: string): Place | undefined {
  const [, kind, rest] = /^#\/(\w+)\/([^?]+)$/.exec(hash) ?? [];
  const by = GROUP_KINDS.find((each) => each === kind);
  const id = decode(rest);
  return by === undefined || id === undefined ? undefined : { kind: 'group', by, id };
}

function readPlugin(hash: string): Place | undefined {
  const [whole, rest = ''] = /^#\/plugins(?:\/([^?]+))?$/.exec(hash) ?? [];
  if (whole === undefined) return undefined;
  const id = decode(rest) ?? '';
  return id === '' ? { kind: 'plugins' } : { kind: 'plugins', id };
}

function readComparison(params: URLSearchParams): Place {
  const [a, b] = [params.get('a') ?? '', params.get('b') ?? ''];
  if (a === '') return { kind: 'library' };
  return b === '' ? { kind: 'compare', a } : { kind: 'compare', a, b };
}

/** The library as a query asks for it. */
export function libraryPlace(query: string): Place {
  return queriedPlace('library', query);
}

/** The same, or figures of the traces that it asks for. */
export function queriedPlace(kind: 'library' | CorpusPlaceKind, query: string): Place {
  return query === '' ? { kind } : { kind, query };
}

/** The same trace by another of its views. */
export function viewedPlace(place: Extract<Place, { kind: 'trace' }>, view: TraceView): Place {
  const { kind, traceId, spanId, words } = place;
  const kept = { ...(view !== 'flame' && { view }), ...(words !== undefined && { words }) };
  return { kind, traceId, spanId, ...kept };
}

/** Whether what is shown is what the library's query selects. */
export function isQueried(place: Place): place is Extract<Place, { kind: 'library' | CorpusPlaceKind }> {
  return place.kind === 'library' || CORPUS_PLACES.some((kind) => kind === place.kind);
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
