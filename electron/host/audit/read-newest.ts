/** Pages of the log, the newest record first: whole files are read, from the last on, until there is enough. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditAction, AuditRecord } from '../../../core/audit/audit-record.ts';
import { listLogNumbers, logFileName } from './find-end.ts';
import { readLogLine } from './read-log-line.ts';

export interface NewestWish {
  /** Only records before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Absent: all. */
  readonly action?: AuditAction | undefined;
}

export interface RecordPage {
  readonly records: readonly AuditRecord[];
  /** `before` of the next page; undefined at the beginning of the log. */
  readonly next: number | undefined;
}

/** Records that fit are rare, maybe: so many files are looked through, and then the page goes on with the next. */
const MOST_FILES = 16;

export async function readNewest(
  directory: string,
  { before = Infinity, limit, action }: NewestWish,
): Promise<RecordPage> {
  const records: AuditRecord[] = [];
  let seen = before;
  let files = 0;
  for (const number of (await listLogNumbers(directory)).toReversed()) {
    if (files >= MOST_FILES) return { records, next: seen };
    const lines = (await readFile(join(directory, logFileName(number)), 'utf8')).split('\n');
    // What stands behind the last line feed is being written.
    lines.pop();
    const first = readLogLine(lines[0] ?? '')?.seq;
    if (first !== undefined && first >= before) continue;
    files++;
    for (const line of lines.toReversed()) {
      const record = readLogLine(line);
      if (record === undefined || record.seq >= seen) continue;
      if (records.length >= limit) return { records, next: seen };
      seen = record.seq;
      if (action === undefined || record.action === action) records.push(record);
    }
  }
  return { records, next: undefined };
}
