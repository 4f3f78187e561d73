/**
 * All results of one plugin: a file for each version of it with each set of settings, so that they never mix. What
 * another version said is shown, marked as stale, until the present one has looked at the trace again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../core/model/finding.ts';
import { stringAt, type JsonObject } from '../../../core/model/json.ts';
import type { PluginRunReport } from '../../../core/rpc/plugins.ts';
import { systemErrorCode } from '../system-error.ts';
import { ResultFile, type TraceOutcome } from './result-file.ts';
import { traceIdsOf } from './result-traces.ts';

export const RESULTS_FOLDER = 'plugin-results';

/** What a result depends on besides its trace. */
export interface ResultKey {
  readonly plugin: string;
  readonly version: string;
  readonly bundleHash: string;
  readonly settingsHash: string;
  /** What the plugin itself says that its results depend on, such as the version of a price table. */
  readonly cacheKey: string;
}

const MOST_FILES = 3;
const MOST_RUNS = 10;
const RUNS_FILE = 'runs.json';

export type KeptRun = Omit<PluginRunReport, 'isStale'> & { readonly key: string };

export class ResultShelf {
  readonly #folder: string;
  /** The newest first. */
  #older: ResultFile[] = [];
  #current: ResultFile | undefined;
  #key: ResultKey | undefined;
  #runs: readonly KeptRun[];

  constructor(dataDirectory: string, id: string) {
    this.#folder = join(dataDirectory, RESULTS_FOLDER, id);
    this.#older = listFiles(this.#folder).flatMap(readFile);
    this.#runs = readRuns(join(this.#folder, RUNS_FILE));
  }

  /** From now on results are of this key. */
  use(key: ResultKey): void {
    if (this.#key !== undefined && nameOf(this.#key) === nameOf(key)) return;
    this.#key = key;
    if (this.#current !== undefined) this.#older.unshift(this.#current);
    const path = join(this.#folder, nameOf(key));
    this.#current = this.#older.find((file) => file.path === path);
    this.#older = this.#older.filter((file) => file.path !== path);
    for (const file of this.#older.splice(MOST_FILES - 1)) file.remove();
  }

  /** The present key's name; empty where the plugin is not loaded. */
  get keyName(): string {
    return this.#key === undefined ? '' : nameOf(this.#key);
  }

  /** Traces with a result of the present key, and those of which only another version has spoken. */
  get traceCounts(): { readonly done: number; readonly stale: number } {
    const stale = new Set(this.#older.flatMap((file) => [...file.traceIds]));
    for (const traceId of this.#current?.traceIds ?? []) stale.delete(traceId);
    return { done: this.#current?.traceCount ?? 0, stale: stale.size };
  }

  /** Every trace of which something is known. */
  get traceIds(): ReadonlySet<string> {
    return new Set([this.#current, ...this.#older].flatMap((file) => [...(file?.traceIds ?? [])]));
  }

  isCurrent(traceId: string, revision: string): boolean {
    return this.#current?.revisionOf(traceId) === revision;
  }

  /** Of the present version, or else of the last one that spoke of the trace. */
  findingsOf(traceId: string): readonly Finding[] {
    return this.#fileOf(traceId)?.findingsOf(traceId) ?? [];
  }

  foundAt(traceId: string): string {
    return this.#fileOf(traceId)?.foundAt(traceId) ?? '';
  }

  readTrace(
    traceId: string,
  ): (TraceOutcome & { readonly version: string; readonly isOlder: boolean }) | undefined {
    const file = this.#fileOf(traceId);
    const outcome = file?.readTrace(traceId);
    if (file === undefined || outcome === undefined) return undefined;
    return { ...outcome, version: stringAt(file.head, 'version') ?? '', isOlder: file !== this.#current };
  }

  keepTrace(outcome: TraceOutcome): void {
    this.#write()?.keepTrace(outcome);
  }

  readPart(analysis: string, traceId: string, revision: string): string | undefined {
    return this.#current?.readPart(analysis, traceId, revision);
  }

  keepPart(analysis: string, traceId: string, revision: string, part: string): void {
    this.#write()?.keepPart(analysis, traceId, revision, part);
  }

  /** The newest first. */
  get runs(): readonly KeptRun[] {
    return this.#runs;
  }

  keepRun(run: KeptRun): void {
    this.#writeRuns([run, ...this.#runs].slice(0, MOST_RUNS));
  }

  /** Takes away what is said of traces that are no more, from the disk too. */
  forget(isGone: (traceId: string) => boolean): void {
    for (const file of [this.#current, ...this.#older]) file?.forget(isGone);
    const runs = this.#runs.map((run) => {
      const results = run.results.filter((result) => !traceIdsOf(result).some(isGone));
      return results.length === run.results.length ? run : { ...run, results };
    });
    if (runs.some((run, i) => run !== this.#runs[i])) this.#writeRuns(runs);
  }

  close(): void {
    for (const file of [this.#current, ...this.#older]) file?.close();
  }

  remove(): void {
    this.close();
    this.#current = undefined;
    this.#older = [];
    this.#runs = [];
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #writeRuns(runs: readonly KeptRun[]): void {
    this.#runs = runs;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, RUNS_FILE);
    writeFileSync(`${path}.new`, JSON.stringify(runs), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  #fileOf(traceId: string): ResultFile | undefined {
    return [this.#current, ...this.#older].find((file) => file?.revisionOf(traceId) !== undefined);
  }

  /** Made with the first result, so that a plugin that says nothing leaves nothing. */
  #write(): ResultFile | undefined {
    if (this.#current === undefined && this.#key !== undefined) {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#current = ResultFile.open(join(this.#folder, nameOf(this.#key)), { ...this.#key });
    }
    return this.#current;
  }
}

function nameOf({ plugin, version, bundleHash, settingsHash, cacheKey }: ResultKey): string {
  const told = JSON.stringify([plugin, version, bundleHash, settingsHash, cacheKey]);
  return `${createHash('sha256').update(told).digest('hex').slice(0, 20)}.jsonl`;
}

/** The newest first. */
function listFiles(folder: string): readonly string[] {
  try {
    const paths = readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name));
    return paths
      .map((path) => ({ path, at: statSync(path).mtimeMs }))
      .sort((a, b) => b.at - a.at)
      .map(({ path }) => path);
  } catch (error) {
    return passSystemError(error);
  }
}

/** Runs can be done again: a list that cannot be read is as good as none. */
function readRuns(path: string): readonly KeptRun[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(value) ? (value as readonly (JsonObject & KeptRun)[]) : [];
  } catch (error) {
    return error instanceof SyntaxError ? [] : passSystemError(error);
  }
}

function readFile(path: string): readonly ResultFile[] {
  try {
    const file = ResultFile.read(path);
    return file === undefined ? [] : [file];
  } catch (error) {
    return passSystemError(error);
  }
}

/** What the disk does not give can be made again: the host starts without it. */
function passSystemError(error: unknown): readonly never[] {
  if (systemErrorCode(error) === undefined) throw error;
  return [];
}
