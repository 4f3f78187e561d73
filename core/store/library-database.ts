/**
 * The library of a page in IndexedDB: what it holds, and by which steps it came to hold it. One database a
 * journal, named after the journal's id. All of it can be made again from the host, but for the saved views.
 */
import type { Dexie, Table } from 'dexie';
import type { FeedCursor, HeldSegment } from '../rpc/feed.ts';

/** Rows of a page: all of it, or what came after the parts before it. Unfolded, as the journal has them. */
export interface PagePart {
  readonly segment: number;
  readonly page: number;
  /** Place of the first row in the page. */
  readonly from: number;
  readonly rows: number;
  /** An encoded SpanTable: columns, strings, and the ids of its traces. */
  readonly bytes: Uint8Array;
}

/** A trace as it is opened without the host: T of the contract as JSON, and where its rows are. */
export interface StoredSummary {
  readonly id: string;
  readonly json: string;
  /** Keys of pages (`pageKey`), ascending; never rows, of which a trace may have a million. */
  readonly pages: readonly number[];
}

/** What one commit changed: a list that was loaded before it is brought up to date by it. */
export interface StoredChange {
  readonly version: number;
  readonly upserted: readonly string[];
  readonly removed: readonly string[];
}

/** The list as of one version: what a page paints first, in one read. */
export interface StoredSnapshot {
  readonly key: 'columns';
  readonly version: number;
  /** Encoded SummaryColumns. */
  readonly bytes: Uint8Array;
}

/** Where the library stands; written in the transaction of what it says. */
export interface StoredState {
  readonly key: 'state';
  readonly journalId: string;
  /** Of what is inside the records, beside the schema of the tables. */
  readonly format: number;
  /** Counts commits. */
  readonly version: number;
  /** The version at which everything was forgotten last. */
  readonly clearedAt: number;
  /** Undefined: nothing was pulled yet. */
  readonly cursor: FeedCursor | undefined;
  /** True once the end of the journal was reached: before that, the list is a part of it. */
  readonly whole: boolean;
}

/** A result of a plugin for a trace. It goes with the trace. */
export interface StoredFinding {
  readonly id: string;
  readonly traceId: string;
  readonly json: string;
}

/** A filter and order of the list under a name. The only thing here that the journal does not have. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The library's query in the address, without the question mark. */
  readonly query: string;
  readonly savedAtMs: number;
}

/** Raised when the inside of a record changes: a library with another number is made again. */
export const LIBRARY_FORMAT = 4;

/** One step of the schema. None is ever changed or removed; a step that changes what tables hold says so. */
export interface Migration {
  readonly version: number;
  readonly tables: Readonly<Record<string, string | null>>;
  /** What was there is forgotten and pulled again; views stay. */
  readonly rebuilds: boolean;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    tables: {
      meta: 'key',
      pages: '[segment+page+from]',
      segments: 'segment',
      summaries: 'id',
      changes: 'version',
      snapshot: 'key',
      findings: 'id, traceId',
      views: 'id',
    },
    rebuilds: false,
  },
];

/** What holds the journal's content: all that is forgotten when the library is made again. */
export const CONTENT_TABLES = ['meta', 'pages', 'segments', 'summaries', 'changes', 'snapshot'] as const;

/** The open database, table by table. */
export interface LibraryDatabase {
  readonly dexie: Dexie;
  readonly meta: Table<StoredState, string>;
  readonly pages: Table<PagePart, PagePartKey>;
  readonly segments: Table<HeldSegment, number>;
  readonly summaries: Table<StoredSummary, string>;
  readonly changes: Table<StoredChange, number>;
  readonly snapshot: Table<StoredSnapshot, string>;
  readonly findings: Table<StoredFinding, string>;
  readonly views: Table<SavedView, string>;
}

/** Segment, page, first row. */
export type PagePartKey = [number, number, number];

/** Puts the tables of a database that was opened with MIGRATIONS into one object. */
export function tablesOf(dexie: Dexie): LibraryDatabase {
  return {
    dexie,
    meta: dexie.table('meta'),
    pages: dexie.table('pages'),
    segments: dexie.table('segments'),
    summaries: dexie.table('summaries'),
    changes: dexie.table('changes'),
    snapshot: dexie.table('snapshot'),
    findings: dexie.table('findings'),
    views: dexie.table('views'),
  };
}
