/**
 * A plugin in its thread, seen from the host. The guest has a deadline of its own; where even that does not help, the
 * thread is ended from outside at one and a half times it. After its first fault a runner is over.
 */
import { Worker } from 'node:worker_threads';
import { findBuiltThread } from '../built-thread.ts';
import type { LoadedPlugin } from './load-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import type { FromThread, GuestAnswer, ThreadStart, ToThread } from './thread-words.ts';

/** Evaluating the source has this deadline, whatever the manifest says of calls. */
const LOAD_DEADLINE_MS = 1000;
/** Starting a thread and its engine takes a tenth of a second; on a busy machine far more. */
const START_MS = 30_000;
const OUTER_FACTOR = 1.5;

/** What a plugin logged, line by line. */
export type TakeLog = (line: string) => void;

export class PluginRunner {
  readonly #plugin: LoadedPlugin;
  readonly #worker: Worker;
  readonly #takeLog: TakeLog;
  #hear: ((words: FromThread) => void) | undefined;
  #fail: ((cause: unknown) => void) | undefined;

  private constructor(plugin: LoadedPlugin, worker: Worker, takeLog: TakeLog) {
    this.#plugin = plugin;
    this.#worker = worker;
    this.#takeLog = takeLog;
    worker.on('message', (words: FromThread) => this.#hear?.(words));
    worker.on('error', (error) => this.#fail?.(error));
    worker.on('exit', (code) => this.#fail?.(new Error(`Its thread ended with ${code}.`)));
  }

  /** Starts the thread and evaluates the plugin in it. Rejects with a `PluginFault`. */
  static async start(
    plugin: LoadedPlugin,
    takeLog: TakeLog,
    path = findBuiltThread('plugin-thread.js'),
  ): Promise<{ readonly runner: PluginRunner; readonly analyses: readonly string[] }> {
    if (path === undefined) throw new PluginFault('Plugins run in the built product only: build it first.');
    const { memoryMb } = plugin;
    // No environment: nothing of the user's may be found there, even by who breaks out.
    const worker = new Worker(path, { workerData: { memoryMb } satisfies ThreadStart, env: {} });
    const runner = new PluginRunner(plugin, worker, takeLog);
    try {
      await runner.#wait(START_MS, 'It could not be started in time.');
      const json = await runner.#ask({ kind: 'load', deadlineMs: LOAD_DEADLINE_MS, source: plugin.source });
      return { runner, analyses: JSON.parse(json) as readonly string[] };
    } catch (error) {
      await runner.close();
      throw error;
    }
  }

  /** Runs one step of an analysis; `input` is JSON, and so is the answer. Rejects with a `PluginFault`. */
  call(analysis: string, step: 'map' | 'reduce', input: string, settings: string): Promise<string> {
    const request = `{"analysis":${JSON.stringify(analysis)},"step":"${step}","settings":${settings},"input":${input}}`;
    return this.#ask({ kind: 'call', deadlineMs: this.#plugin.deadlineMs, request });
  }

  async close(): Promise<void> {
    this.#fail = undefined;
    await this.#worker.terminate();
  }

  async #ask(words: ToThread): Promise<string> {
    const { deadlineMs } = words;
    const late = `It did not even stop at its deadline of ${deadlineMs} ms and was ended from outside.`;
    const answer = this.#wait(deadlineMs * OUTER_FACTOR, late);
    this.#worker.postMessage(words);
    const told = await answer;
    if (told.kind === 'ready') throw new Error('The thread of a plugin said twice that it is ready.');
    for (const line of told.logs) this.#takeLog(line);
    return valueOf(told);
  }

  /** The next words of the thread; it is ended where they do not come in time. */
  #wait(withinMs: number, late: string): Promise<FromThread> {
    let timer: NodeJS.Timeout | undefined;
    const heard = new Promise<FromThread>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new PluginFault(late));
        void this.close();
      }, withinMs);
      this.#hear = resolve;
      this.#fail = (cause) => reject(new PluginFault(`It broke down: ${wordsOf(cause)}`, cause));
    });
    return heard.finally(() => {
      clearTimeout(timer);
      this.#hear = undefined;
      this.#fail = undefined;
    });
  }
}

function valueOf(answer: GuestAnswer): string {
  if (answer.kind === 'value') return answer.json;
  throw new PluginFault(answer.fault);
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
