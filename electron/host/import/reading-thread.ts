/**
 * Reads files in a thread of its own, which is started for the first import and let go some seconds after the last.
 * If it dies, the imports that it was reading fail, and the next one gets a new thread.
 */
import { Worker } from 'node:worker_threads';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { findBuiltThread } from '../built-thread.ts';
import { writeAskedFault } from '../intake/asked-fault.ts';
import { reportBug } from '../report-bug.ts';
import { readHere, type Reading, type ReadingInput } from './reading.ts';
import type { ReadingParts, ReadingTask } from './stage-source.ts';
import { StreamParts } from './stream-parts.ts';
import { readFailure, writeFailure, type FromThread, type ToThread } from './thread-words.ts';

/** Starting one takes about a tenth of a second: files that follow each other share it. */
const IDLE_MS = 5000;

/** The reading thread ended in the middle of a file. */
export class ReadingThreadError extends Error {
  /** False where the thread never came up. */
  readonly hadBegun: boolean;

  constructor(cause: unknown, hadBegun: boolean) {
    super('The reader of the file broke down, and nothing of the file was kept.', { cause });
    this.name = 'ReadingThreadError';
    this.hadBegun = hadBegun;
  }
}

/** A thread where there is one to start, else this one. */
export function openReading(): Reading {
  const path = findBuiltThread('import-thread.js');
  return path === undefined ? readHere : new ReadingThread(path);
}

interface Job {
  readonly parts: ReadingParts;
  readonly body: StreamParts | undefined;
  resolve(report: FileReport | undefined): void;
  reject(error: Error): void;
}

export class ReadingThread implements Reading {
  readonly #path: string;
  readonly #jobs = new Map<number, Job>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  constructor(path: string) {
    this.#path = path;
  }

  async read(input: ReadingInput, task: ReadingTask, parts: ReadingParts): Promise<FileReport | undefined> {
    try {
      return await this.#readThere(input, task, parts);
    } catch (error) {
      if (!(error instanceof ReadingThreadError) || error.hadBegun) throw error;
      // Where no thread can be started at all, reading here is slower for others, but it is reading.
      return await readHere.read(input, task, parts);
    }
  }

  async #readThere(
    input: ReadingInput,
    task: ReadingTask,
    parts: ReadingParts,
  ): Promise<FileReport | undefined> {
    const worker = this.#start();
    const id = this.#nextId++;
    const stop = (): void => {
      this.#say(worker, { kind: 'stop', id });
    };
    parts.signal.addEventListener('abort', stop, { once: true });
    const body = input.kind === 'stream' ? new StreamParts(input.body) : undefined;
    try {
      return await new Promise((resolve, reject) => {
        this.#jobs.set(id, { parts, body, resolve, reject });
        if (input.kind === 'file') this.#say(worker, { kind: 'file', id, path: input.path, task });
        else this.#say(worker, { kind: 'stream', id, bytes: input.bytes, task });
        if (parts.signal.aborted) stop();
      });
    } finally {
      parts.signal.removeEventListener('abort', stop);
      this.#jobs.delete(id);
      if (this.#jobs.size === 0) this.#rest();
      body?.leave();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    clearTimeout(this.#idle);
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#path);
    // It never keeps a process alive: what waits for its answer does.
    worker.unref();
    let isReady = false;
    worker.on('message', (words: FromThread) => {
      isReady = true;
      this.#hear(worker, words);
    });
    let failure: unknown;
    worker.on('error', (error: unknown) => {
      failure = error;
    });
    worker.on('exit', () => {
      if (this.#worker !== worker && this.#worker !== undefined) return;
      this.#worker = undefined;
      for (const job of this.#jobs.values()) job.reject(new ReadingThreadError(failure, isReady));
    });
    this.#worker = worker;
    return worker;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), IDLE_MS);
    this.#idle.unref();
  }

  #say(worker: Worker, words: ToThread, given: readonly ArrayBuffer[] = []): void {
    worker.postMessage(words, given);
  }

  #hear(worker: Worker, words: FromThread): void {
    if (words.kind === 'ready') return;
    const job = this.#jobs.get(words.id);
    if (job === undefined) return;
    switch (words.kind) {
      case 'progress':
        job.parts.onProgress(words.progress);
        break;
      case 'segment':
        job.parts.onSegment?.(words.bytes);
        break;
      case 'more':
        void this.#sendMore(worker, words.id, job);
        break;
      case 'ask':
      case 'tell':
        void this.#answer(worker, words, job);
        break;
      case 'done':
        job.resolve(words.report);
        break;
      case 'failed':
        job.reject(readFailure(words.failure));
    }
  }

  /** Asks or tells the host what the thread cannot. */
  async #answer(
    worker: Worker,
    words: Extract<FromThread, { kind: 'ask' | 'tell' }>,
    { parts: { host } }: Job,
  ): Promise<void> {
    const { id, call } = words;
    try {
      if (host === undefined) throw new Error('a reading without a host asks one');
      let answer = '';
      if (words.kind === 'ask') answer = await host.ask(words.plugin, words.hook, words.input, words.items);
      else await host.tell(words.entry);
      this.#say(worker, { kind: 'told', id, call, answer });
    } catch (error) {
      const fault = writeAskedFault(error);
      if (fault === undefined) reportBug(error);
      this.#say(worker, { kind: 'refused', id, call, fault });
    }
  }

  async #sendMore(worker: Worker, id: number, { body }: Job): Promise<void> {
    try {
      const next = await body?.next();
      if (next === undefined) {
        this.#say(worker, { kind: 'last', id });
        return;
      }
      // A copy of its own: the buffer that a socket reads into is shared with others, and would be gone for them.
      const bytes = new Uint8Array(next);
      this.#say(worker, { kind: 'chunk', id, bytes }, [bytes.buffer]);
    } catch (error) {
      this.#say(worker, { kind: 'last', id, failure: writeFailure(error) });
    }
  }
}
