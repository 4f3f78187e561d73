import { canonicalJson, type JsonObject } from './json.ts';
import type { DurationUs, EpochUs } from './time.ts';

/** What one trace item said. Traces carry no times, no status and no error on the wire. */
export interface TraceHeader {
  readonly workflowName?: string;
  readonly groupId?: string;
  readonly metadata?: JsonObject;
  /** Came from a tracing processor, which beats an exporter. */
  readonly processor: boolean;
}

/** Where a line stands inside its segment. */
export interface LineAddress {
  readonly offset: number;
  readonly length: number;
}

/**
 * What a table of spans knows of a trace besides its spans. Entries of the same trace merge
 * (`mergeTraceEntries`) in any order, any number of times, with the same result.
 */
export interface TraceEntry {
  readonly id: string;
  /** Every differing trace item, at most MAX_HEADERS; none for a placeholder whose item never came. */
  readonly headers: readonly TraceHeader[];
  /** Host's clock: when the first and the last record of the trace was received. */
  readonly firstSeenUs: EpochUs;
  readonly lastSeenUs: EpochUs;
  /** Some record came through the door; a trace that only came from files is final. */
  readonly live: boolean;
  /** A processor reported the end of the trace. */
  readonly ended: boolean;
  /** Frameworks that wrote the records, such as `openai-agents`; sorted. */
  readonly sources: readonly string[];
  /** Where the records came from: `live`, or the name of a file; sorted. */
  readonly origins: readonly string[];
  /** Host's clock minus client's clock, the smallest seen at a live start; undefined where none was. */
  readonly clockOffsetUs: DurationUs | undefined;
}

/** In place of the id of a trace that was deleted: its rows are still there and count no more. */
export const NO_TRACE_ID = '';

/** An entry that says nothing of its trace but the id. */
export function bareEntry(id: string): TraceEntry {
  return {
    id,
    headers: [],
    firstSeenUs: 0,
    lastSeenUs: 0,
    live: false,
    ended: false,
    sources: [],
    origins: [],
    clockOffsetUs: undefined,
  };
}

export function mergeTraceEntries(a: TraceEntry, b: TraceEntry): TraceEntry {
  if (addsNothing(a, b)) return a;
  return {
    id: a.id,
    headers: b.headers.length === 0 ? a.headers : distinctHeaders([...a.headers, ...b.headers]),
    firstSeenUs: Math.min(a.firstSeenUs, b.firstSeenUs),
    lastSeenUs: Math.max(a.lastSeenUs, b.lastSeenUs),
    live: a.live || b.live,
    ended: a.ended || b.ended,
    sources: union(a.sources, b.sources),
    origins: union(a.origins, b.origins),
    clockOffsetUs: smaller(a.clockOffsetUs, b.clockOffsetUs),
  };
}

/** True for the common case of an import: a batch with further spans of a trace that is known. */
function addsNothing(a: TraceEntry, b: TraceEntry): boolean {
  return (
    b.headers.length === 0 &&
    b.clockOffsetUs === undefined &&
    a.firstSeenUs <= b.firstSeenUs &&
    a.lastSeenUs >= b.lastSeenUs &&
    (a.live || !b.live) &&
    (a.ended || !b.ended) &&
    union(a.sources, b.sources) === a.sources &&
    union(a.origins, b.origins) === a.origins
  );
}

/**
 * The one header of a trace: field by field, present beats absent, then the processor's beats the
 * exporter's, then the larger canonical JSON wins.
 */
export function mergeHeaders(headers: readonly TraceHeader[]): TraceHeader {
  const ranked = distinctHeaders(headers).toSorted(compareHeaders);
  const workflowName = ranked.find((header) => header.workflowName !== undefined)?.workflowName;
  const groupId = ranked.find((header) => header.groupId !== undefined)?.groupId;
  const metadata = ranked.find((header) => header.metadata !== undefined)?.metadata;
  return {
    ...(workflowName !== undefined && { workflowName }),
    ...(groupId !== undefined && { groupId }),
    ...(metadata !== undefined && { metadata }),
    processor: ranked[0]?.processor ?? false,
  };
}

/** True where two headers say different things about the same field. */
export function headersConflict(headers: readonly TraceHeader[]): boolean {
  return (
    new Set(headers.flatMap((header) => header.workflowName ?? [])).size > 1 ||
    new Set(headers.flatMap((header) => header.groupId ?? [])).size > 1 ||
    new Set(headers.flatMap((header) => (header.metadata ? canonicalJson(header.metadata) : []))).size > 1
  );
}

function compareHeaders(a: TraceHeader, b: TraceHeader): number {
  if (a.processor !== b.processor) return a.processor ? -1 : 1;
  return headerText(a) < headerText(b) ? 1 : -1;
}

/**
 * A trace whose items keep differing keeps so many of them, those that rank first: which they are does not
 * depend on their order, and a hostile client cannot make every further item cost more than the one before.
 */
export const MAX_HEADERS = 16;

function distinctHeaders(headers: readonly TraceHeader[]): readonly TraceHeader[] {
  if (headers.length < 2) return headers;
  const distinct = [...new Map(headers.map((header) => [headerText(header), header])).values()];
  return distinct.length <= MAX_HEADERS ? distinct : distinct.sort(compareHeaders).slice(0, MAX_HEADERS);
}

/** Texts of headers that were compared before: every further item is compared with all that are kept. */
const headerTexts = new WeakMap<TraceHeader, string>();

function headerText(header: TraceHeader): string {
  const known = headerTexts.get(header);
  if (known !== undefined) return known;
  const { workflowName, groupId, metadata, processor } = header;
  const text = canonicalJson([workflowName ?? null, groupId ?? null, metadata ?? null, processor]);
  headerTexts.set(header, text);
  return text;
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.length === b.length && a.every((text, i) => text === b[i]) ? a : [...new Set([...a, ...b])].sort();
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
