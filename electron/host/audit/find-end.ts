/** Where a log goes on: its last whole record, whose hash the next one carries. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditHead } from '../../../core/audit/audit-record.ts';
import { hashOf } from '../../../resources/verify-audit.mjs';
import { isMissing } from '../system-error.ts';
import { readLogLine } from './read-log-line.ts';

export interface LogEnd {
  readonly head: AuditHead | undefined;
  /** Number of the last file, from 1. */
  readonly file: number;
  /** Of whole lines in it: a write that a crash broke off was never acknowledged, and is written over. */
  readonly bytes: number;
  /** Why the log cannot go on. */
  readonly problem?: string;
}

const LINE_FEED = 10;
const NAME = /^(\d{6,})\.jsonl$/;

export function logFileName(number: number): string {
  return `${String(number).padStart(6, '0')}.jsonl`;
}

/** The numbers of a log's files, the oldest first; none where there is no log. */
export async function listLogNumbers(directory: string): Promise<readonly number[]> {
  try {
    const names = await readdir(directory);
    return names
      .flatMap((name) => Number(NAME.exec(name)?.[1] ?? []))
      .filter((n) => n > 0)
      .sort((a, b) => a - b);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export async function findEnd(directory: string): Promise<LogEnd> {
  const numbers = await listLogNumbers(directory);
  const last = numbers.at(-1) ?? 1;
  let bytes = 0;
  for (const file of numbers.toReversed()) {
    const content = await readFile(join(directory, logFileName(file)));
    const whole = content.lastIndexOf(LINE_FEED) + 1;
    if (file === last) bytes = whole;
    if (whole === 0) continue;
    const start = content.lastIndexOf(LINE_FEED, whole - 2) + 1;
    const record = readLogLine(content.toString('utf8', start, whole - 1));
    if (record !== undefined && hashOf(record) === record.hash) {
      return { head: { seq: record.seq, hash: record.hash }, file: last, bytes };
    }
    const problem = `the last record of ${logFileName(file)} is damaged; move the folder ${directory} away to begin a new log`;
    return { head: undefined, file: last, bytes, problem };
  }
  return { head: undefined, file: last, bytes };
}
