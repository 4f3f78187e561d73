/**
 * The thread that reads files for a host: bytes in, stages out. An entry of the build of its own. It never sees the
 * journal; what goes wrong in it, a crash included, costs the imports that it was reading and nothing else.
 */
import { Readable } from 'node:stream';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { reportBug } from '../report-bug.ts';
import { readHere, type ReadingInput } from './reading.ts';
import type { ReadingParts, ReadingTask } from './stage-source.ts';
import { readFailure, writeFailure, type FromThread, type ToThread } from './thread-words.ts';

interface Job {
  readonly controller: AbortController;
  readonly body: Readable | undefined;
}

class ReadingJobs {
  readonly #port: MessagePort;
  readonly #jobs = new Map<number, Job>();

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (words: ToThread) => {
      this.#hear(words);
    });
    this.#say({ kind: 'ready' });
  }

  #hear(words: ToThread): void {
    const { id } = words;
    const job = this.#jobs.get(id);
    switch (words.kind) {
      case 'file':
        this.#begin(id, { kind: 'file', path: words.path }, words.task);
        break;
      case 'stream': {
        const body = new Readable({
          read: () => {
            this.#say({ kind: 'more', id });
          },
        });
        this.#begin(id, { kind: 'stream', body, bytes: words.bytes }, words.task);
        break;
      }
      case 'chunk':
        // What was on its way when the job was stopped comes behind its end.
        if (job?.controller.signal.aborted === true) break;
        job?.body?.push(Buffer.from(words.bytes.buffer, words.bytes.byteOffset, words.bytes.length));
        break;
      case 'last':
        if (job?.controller.signal.aborted === true) break;
        if (words.failure === undefined) job?.body?.push(null);
        else job?.body?.destroy(readFailure(words.failure));
        break;
      case 'stop':
        job?.controller.abort();
        // It may be waiting for bytes that nobody will send.
        job?.body?.push(null);
    }
  }

  #begin(id: number, input: ReadingInput, task: ReadingTask): void {
    const controller = new AbortController();
    this.#jobs.set(id, { controller, body: input.kind === 'stream' ? input.body : undefined });
    const parts: ReadingParts = {
      clock: () => Date.now() * 1000,
      signal: controller.signal,
      onProgress: (progress) => {
        this.#say({ kind: 'progress', id, progress });
      },
    };
    readHere
      .read(input, task, parts)
      .then(
        (report) => {
          this.#say({ kind: 'done', id, report });
        },
        (error: unknown) => {
          this.#say({ kind: 'failed', id, failure: writeFailure(error) });
        },
      )
      .finally(() => this.#jobs.delete(id))
      .catch(reportBug);
  }

  #say(words: FromThread): void {
    this.#port.postMessage(words);
  }
}

if (parentPort !== null) new ReadingJobs(parentPort);
