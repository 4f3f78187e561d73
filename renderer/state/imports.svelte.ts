/** Files on their way into the journal: sent one after the other, each with its progress and its report. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { FileReport, ImportProgress } from '../../core/rpc/contract.ts';
import { isJsonObject, objectAt, stringAt } from '../../core/model/json.ts';
import type { Link } from './link.svelte.ts';

/** What is imported: a file of the browser, or one that the host reads by its path. */
export type ImportSource = File | { readonly path: string };

export type ImportJob = {
  readonly importId: string;
  readonly name: string;
  readonly bytes: number;
} & (
  | { readonly kind: 'waiting'; readonly source: ImportSource }
  | {
      readonly kind: 'running';
      readonly progress: ImportProgress | undefined;
      /** Its end was asked for; the host still has to take what the browser sends of it. */
      readonly ending?: true;
    }
  | { readonly kind: 'done'; readonly report: FileReport; readonly cancelled: boolean }
  | { readonly kind: 'failed'; readonly message: string }
);

export class Imports {
  jobs: readonly ImportJob[] = $state.raw([]);
  /** Whether the report is in sight. */
  shown = $state(false);
  readonly #link: Link;
  readonly #makeId: () => string;
  readonly #pathOf: (file: File) => string;
  #busy = false;

  /** `pathOf` finds the path of a file on disk; empty where the page cannot know it. */
  constructor(link: Link, makeId: () => string, pathOf: (file: File) => string = () => '') {
    this.#link = link;
    this.#makeId = makeId;
    this.#pathOf = pathOf;
    link.on('import.progress', (progress) => {
      this.#change(progress.importId, (job) =>
        job.kind === 'running' ? { ...job, progress, bytes: job.bytes || progress.bytesTotal } : job,
      );
    });
  }

  get running(): boolean {
    return this.jobs.some(({ kind }) => kind === 'running' || kind === 'waiting');
  }

  /** Takes files in, behind those that still wait. */
  add(files: readonly File[]): void {
    const jobs = files.map((file): ImportJob => {
      const path = this.#pathOf(file);
      const source = path === '' ? file : { path };
      return { importId: this.#makeId(), name: file.name, bytes: file.size, kind: 'waiting', source };
    });
    this.#addJobs(jobs);
  }

  /** Takes files in that the host finds by their paths; how large they are is known only once it reads. */
  addPaths(paths: readonly string[]): void {
    const jobs = paths.map((path): ImportJob => {
      const name = path.replace(/^.*[\\/]/, '');
      return { importId: this.#makeId(), name, bytes: 0, kind: 'waiting', source: { path } };
    });
    this.#addJobs(jobs);
  }

  #addJobs(jobs: readonly ImportJob[]): void {
    if (jobs.length === 0) return;
    this.jobs = this.running ? [...this.jobs, ...jobs] : jobs;
    this.shown = true;
    if (!this.#busy) void this.#run();
  }

  /** Undoes a file that is still read; one that is being added to the library goes on to its end. */
  cancel(importId: string): void {
    const job = this.jobs.find((candidate) => candidate.importId === importId);
    if (job?.kind === 'waiting')
      this.#finish(importId, { kind: 'failed', message: 'Not started: cancelled.' });
    if (job?.kind !== 'running') return;
    this.#change(importId, () => ({ ...job, ending: true }));
    // A host that cannot be reached reads nothing more of the file either.
    this.#link.request('import.cancel', { importId }).catch(() => undefined);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const job = this.jobs.find((candidate) => candidate.kind === 'waiting');
      if (job === undefined) break;
      await this.#import(job);
    }
    this.#busy = false;
  }

  async #import({ importId, name, bytes, source }: ImportJob & { kind: 'waiting' }): Promise<void> {
    this.#change(importId, () => ({ importId, name, bytes, kind: 'running', progress: undefined }));
    if (source instanceof File) await this.#send(importId, source);
    else await this.#letRead(importId, source.path);
  }

  async #letRead(importId: string, path: string): Promise<void> {
    try {
      const { result } = await this.#link.request('import.paths', { importId, paths: [path] });
      const [report] = result.files;
      const cancelled = report?.cancelled === true;
      if (report !== undefined) this.#finish(importId, { kind: 'done', report, cancelled });
      else this.#finish(importId, { kind: 'failed', message: 'Not started: cancelled.' });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      this.#finish(importId, {
        kind: 'failed',
        message: error.code === 'closed' ? BROKEN_OFF : error.message,
      });
    }
  }

  async #send(importId: string, file: File): Promise<void> {
    const { name } = file;
    try {
      const response = await fetch(importPath(name, importId), {
        method: 'POST',
        body: file,
        headers: { authorization: `Bearer ${this.#link.token ?? ''}` },
      });
      const answer: unknown = await response.json();
      if (response.ok && isFileReport(answer)) {
        this.#finish(importId, { kind: 'done', report: answer, cancelled: answer.cancelled === true });
      } else {
        this.#finish(importId, { kind: 'failed', message: reasonOf(answer, response.status) });
      }
    } catch {
      // The request itself broke; the browser says no more than that.
      this.#finish(importId, { kind: 'failed', message: BROKEN_OFF });
    }
  }

  #finish(importId: string, end: ImportEnd): void {
    this.#change(importId, ({ name, bytes }) => ({ importId, name, bytes, ...end }));
  }

  #change(importId: string, change: (job: ImportJob) => ImportJob): void {
    this.jobs = this.jobs.map((job) => (job.importId === importId ? change(job) : job));
  }
}

type ImportEnd =
  | { readonly kind: 'done'; readonly report: FileReport; readonly cancelled: boolean }
  | { readonly kind: 'failed'; readonly message: string };

const BROKEN_OFF =
  'The connection to the host ended before the file was read; nothing of it is kept. Drop it again.';

function importPath(name: string, importId: string): string {
  return `/import?name=${encodeURIComponent(name)}&importId=${encodeURIComponent(importId)}`;
}

function isFileReport(value: unknown): value is FileReport {
  return (
    isJsonObject(value) &&
    typeof value['path'] === 'string' &&
    typeof value['spans'] === 'number' &&
    Array.isArray(value['diagnostics'])
  );
}

function reasonOf(answer: unknown, status: number): string {
  const error = isJsonObject(answer) ? objectAt(answer, 'error') : undefined;
  return (error && stringAt(error, 'message')) ?? `The host answered ${String(status)}.`;
}
