/** What a host has to feed: pulled from zero by this process, to hold a page's library against. */
import { decodeSpanTable } from '../../core/model/span-table-bytes.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { Connection, Reply } from '../../core/rpc/connection.ts';
import type { FeedCursor } from '../../core/rpc/feed.ts';
import { rowTexts } from '../core/store/row-texts.ts';
import { askHost } from './ask-host.ts';

export interface FeedTruth {
  readonly journalId: string;
  readonly rows: readonly string[];
  /** By id. */
  readonly summaries: readonly TraceSummary[];
  readonly cursor: FeedCursor;
  /** Of all pages. */
  readonly bytes: number;
}

export function pullTruth(ui: string): Promise<FeedTruth> {
  return askHost(ui, async (line, { journalId }) => {
    const rows: string[] = [];
    const summaries = new Map<string, TraceSummary>();
    let total = 0;
    const cursor = await pullAll(line, ({ result, bytes = new Uint8Array(0) }) => {
      total += bytes.length;
      for (const { segment, page, from, offset, bytes: size } of result.pages) {
        const table = decodeSpanTable(bytes.subarray(offset, offset + size));
        rows.push(...rowTexts({ segment, page, from, table }));
      }
      for (const summary of result.summaries) summaries.set(summary.id, summary);
    });
    const ids = [...summaries.keys()].sort();
    return {
      ...{ journalId, rows, cursor, bytes: total },
      summaries: ids.flatMap((id) => summaries.get(id) ?? []),
    };
  });
}

/** Where a library stands that has all of it: without a look at what it is. */
export function pullCursor(ui: string): Promise<Pick<FeedTruth, 'journalId' | 'cursor'>> {
  return askHost(ui, async (line, { journalId }) => ({
    journalId,
    cursor: await pullAll(line, () => undefined),
  }));
}

/** Pulls from the beginning to the end; returns where that is. */
export async function pullAll(
  line: Connection,
  take: (reply: Reply<'feed.pull'>) => void,
): Promise<FeedCursor> {
  for (let cursor: FeedCursor | null = null; ;) {
    const request = { cursor, held: null, maxBytes: 2 ** 23 };
    const reply: Reply<'feed.pull'> = await line.request('feed.pull', request);
    take(reply);
    cursor = reply.result.cursor;
    if (reply.result.waitingRows === 0) return cursor;
  }
}
