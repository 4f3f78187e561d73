/**
 * The reports of imports, in `reports.jsonl` of the data directory: a line each, so that what became of a file
 * is still known after a restart. They are few and bounded: no trace depends on them.
 */
import { appendFile, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, objectAt, stringAt } from '../../../core/model/json.ts';
import { writeIsoUs, type EpochUs } from '../../../core/model/time.ts';
import type { FileReport, KeptReport } from '../../../core/rpc/contract.ts';
import { reportBug } from '../report-bug.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';
import { isFileReport } from './is-file-report.ts';
import { shortenReport } from './shorten-report.ts';

export const REPORTS_FILE = 'reports.jsonl';

const MOST_REPORTS = 300;
/** The file grows to this many lines before it is written anew with the newest. */
const MOST_LINES = 2 * MOST_REPORTS;

export class ReportShelf {
  readonly #path: string;
  #reports: KeptReport[];
  #lines: number;
  readonly #listeners = new Set<() => void>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, reports: KeptReport[], lines: number) {
    this.#path = path;
    this.#reports = reports.slice(-MOST_REPORTS);
    this.#lines = lines;
  }

  /** Reads what is there; lines that cannot be read are passed over. */
  static async open(dataDirectory: string): Promise<ReportShelf> {
    const path = join(dataDirectory, REPORTS_FILE);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (systemErrorCode(error) === undefined) throw error;
      if (!isMissing(error)) reportBug(error);
      return '';
    });
    const lines = text.split('\n').filter((line) => line !== '');
    const isCut = text !== '' && !text.endsWith('\n');
    // A file that was cut is written anew by the next report.
    return new ReportShelf(path, lines.flatMap(readLine), isCut ? MOST_LINES : lines.length);
  }

  /** The newest first. */
  list(limit = MOST_REPORTS): readonly KeptReport[] {
    return this.#reports.toReversed().slice(0, limit);
  }

  /** Adds what became of a file just now. */
  async keep(file: FileReport, nowUs: EpochUs): Promise<void> {
    await this.add({ at: writeIsoUs(nowUs), cancelled: file.cancelled === true, file });
  }

  /** Never rejects for a disk that is full: an import that went well has gone well without its report. */
  async add(report: KeptReport): Promise<void> {
    const kept = { ...report, file: shortenReport(report.file) };
    this.#reports = [...this.#reports, kept].slice(-MOST_REPORTS);
    for (const listener of this.#listeners) listener();
    this.#writing = this.#writing.then(() => this.#write(kept));
    await this.#writing;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #write(report: KeptReport): Promise<void> {
    try {
      if (this.#lines >= MOST_LINES) await this.#rewrite();
      else {
        await appendFile(this.#path, `${JSON.stringify(report)}\n`, { mode: 0o600 });
        this.#lines++;
      }
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      reportBug(error);
    }
  }

  /** All of it or nothing. */
  async #rewrite(): Promise<void> {
    const temporary = `${this.#path}.new`;
    const reports = this.#reports;
    try {
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(temporary, this.#path);
      this.#lines = reports.length;
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** One line, if it is a report: a crash may have cut the last one. */
function readLine(line: string): readonly KeptReport[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  return isKeptReport(value) ? [value] : [];
}

function isKeptReport(value: unknown): value is KeptReport {
  if (!isJsonObject(value) || stringAt(value, 'at') === undefined) return false;
  return typeof value['cancelled'] === 'boolean' && isFileReport(objectAt(value, 'file'));
}
