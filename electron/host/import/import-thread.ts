/**
 * The thread that reads files for a host: bytes in, stages out. An entry of the build of its own. It never sees the
 * journal; what goes wrong in it, a crash included, costs the imports that it was reading and nothing else.
 */
import { Readable } from 'node:stream';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { readAskedFault } from '../intake/asked-fault.ts';
import type { ImportHost } from '../intake/import-gate.ts';
import { reportBug } from '../report-bug.ts';
import { readHere, type ReadingInput } from './reading.ts';
import type { ReadingParts, ReadingTask } from './stage-source.ts';
import { readFailure, writeFailure, type FromThread, type ToThread } from './thread-words.ts';

/** Something that was asked of the host. */
interface Call {
  resolve(answer: string): void;
  reject(error: Error): void;
}

interface Job {
  readonly calls: Map<number, Call>;
  readonly controller: AbortController;
  readonly body: Readable | undefined;
}

class ReadingJobs {
  readonly #port: MessagePort;
  readonly #jobs = new Map<number, Job>();
  #nextCall = 1;

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
      case 'told':
        job?.calls.get(words.call)?.resolve(words.answer);
        job?.calls.delete(words.call);
        break;
      case 'refused':
        job?.calls
          .get(words.call)
          ?.reject(
            words.fault === undefined
              ? new Error('the host could not be asked')
              : readAskedFault(words.fault),
          );
        job?.calls.delete(words.call);
        break;
      case 'stop':
        job?.controller.abort();
        // It may be waiting for bytes that nobody will send.
        job?.body?.push(null);
    }
  }

  #begin(id: number, input: ReadingInput, task: ReadingTask): void {
    const controller = new AbortController();
    const calls: Job['calls'] = new Map();
    this.#jobs.set(id, { calls, controller, body: input.kind === 'stream' ? input.body : undefined });
    const parts: ReadingParts = {
      host: this.#hostOf(id, calls),
      clock: () => Date.now() * 1000,
      signal: controller.signal,
      onProgress: (progress) => {
        this.#say({ kind: 'progress', id, progress });
      },
      onSegment: (bytes) => {
        this.#say({ kind: 'segment', id, bytes }, [bytes.buffer]);
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

  /** The host of a reading, which is asked by messages. */
  #hostOf(id: number, calls: Job['calls']): ImportHost {
    const call = (words: (call: number) => FromThread): Promise<string> =>
      new Promise((resolve, reject) => {
        const number = this.#nextCall++;
        calls.set(number, { resolve, reject });
        this.#say(words(number));
      });
    return {
      ask: (plugin, hook, input, items) =>
        call((number) => ({ kind: 'ask', id, call: number, plugin, hook, input, items })),
      tell: async (entry) => {
        await call((number) => ({ kind: 'tell', id, call: number, entry }));
      },
    };
  }

  #say(words: FromThread, given: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(words, given);
  }
}

if (parentPort !== null) new ReadingJobs(parentPort);
