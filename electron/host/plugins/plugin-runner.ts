/**
 * A plugin in its thread, seen from the host. The guest has a deadline of its own; where even that does not help, the
 * thread is ended from outside at one and a half times it. After its first fault a runner is over.
 */
import { Worker } from 'node:worker_threads';
import { hookDeadlineMs, type HookName } from '../../../core/plugin-api/hooks.ts';
import { findBuiltThread } from '../built-thread.ts';
import { findUnwritten } from './find-unwritten.ts';
import { readContents, readRequests } from './guest-words.ts';
import type { LoadedPlugin } from './load-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import type {
  FromThread,
  GuestContents,
  GuestRequest,
  GuestResponse,
  ThreadStart,
  ToThread,
} from './thread-words.ts';

/** Evaluating the source has this deadline, whatever the manifest says of calls. */
const LOAD_DEADLINE_MS = 1000;
/** Starting a thread and its engine takes a tenth of a second; on a busy machine far more. */
const START_MS = 30_000;
const OUTER_FACTOR = 1.5;
/** On a busy machine a message to a thread and back alone takes tens of milliseconds: short deadlines get this much. */
const LEAST_GRACE_MS = 250;
/** One call may go to the network so often. */
const MAX_REQUESTS = 20;

/** What a plugin logged, line by line. */
export type TakeLog = (line: string) => void;

/** Performs a request for a plugin, or says why not. It never rejects. */
export type PerformRequest = (request: GuestRequest) => Promise<GuestResponse>;

export interface RunnerOptions {
  /** The built thread; another one in tests. */
  readonly path?: string;
  /** Given only where the user has granted the network that plugin.json asks for. */
  readonly perform?: PerformRequest;
}

/** A runner, and what the plugin in it has. */
export interface StartedPlugin extends GuestContents {
  readonly runner: PluginRunner;
}

export class PluginRunner {
  readonly #plugin: LoadedPlugin;
  readonly #worker: Worker;
  readonly #takeLog: TakeLog;
  readonly #perform: PerformRequest;
  #hear: ((words: FromThread) => void) | undefined;
  #fail: ((cause: unknown) => void) | undefined;

  private constructor(plugin: LoadedPlugin, worker: Worker, takeLog: TakeLog, perform: PerformRequest) {
    this.#plugin = plugin;
    this.#worker = worker;
    this.#takeLog = takeLog;
    this.#perform = perform;
    worker.on('message', (words: FromThread) => this.#hear?.(words));
    worker.on('error', (error) => this.#fail?.(error));
    worker.on('exit', (code) => this.#fail?.(new Error(`Its thread ended with ${code}.`)));
  }

  /** Starts the thread and evaluates the plugin in it. Rejects with a `PluginFault`. */
  static async start(
    plugin: LoadedPlugin,
    takeLog: TakeLog,
    options: RunnerOptions = {},
  ): Promise<StartedPlugin> {
    const { path = findBuiltThread('plugin-thread.js'), perform = refuse } = options;
    if (path === undefined) throw new PluginFault('Plugins run in the built product only: build it first.');
    const { memoryMb } = plugin;
    // No environment: nothing of the user's may be found there, even by who breaks out.
    const worker = new Worker(path, { workerData: { memoryMb } satisfies ThreadStart, env: {} });
    const runner = new PluginRunner(plugin, worker, takeLog, perform);
    try {
      await runner.#wait(START_MS, 'It could not be started in time.');
      const json = await runner.#ask({ kind: 'load', deadlineMs: LOAD_DEADLINE_MS, source: plugin.source });
      const { analyses, hooks } = readContents(json);
      const fault = findUnwritten(plugin.manifest, hooks);
      if (fault !== undefined) throw new PluginFault(fault);
      return { runner, analyses, hooks };
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

  /**
   * Runs a hook over JSON of what its rule says that it takes; the answer is JSON that nobody has checked. `items`: how
   * many spans or records the input carries. Rejects with a `PluginFault`.
   */
  callHook(hook: HookName, input: string, settings: string, items = 1): Promise<string> {
    const request = `{"hook":"${hook}","settings":${settings},"input":${input}}`;
    return this.#ask({ kind: 'call', deadlineMs: hookDeadlineMs(hook, items), request });
  }

  async close(): Promise<void> {
    const fail = this.#fail;
    this.#fail = undefined;
    // Nobody waits for the deadline of a call that nobody will answer.
    fail?.(new Error('It was ended.'));
    await this.#worker.terminate();
  }

  async #ask(words: ToThread): Promise<string> {
    const { deadlineMs } = words;
    let requests = 0;
    for (let next = words; ;) {
      const told = await this.#exchange(next);
      if (told.kind === 'value') return told.json;
      if (told.kind === 'fault') throw new PluginFault(told.fault);
      const wanted = readRequests(told.json);
      requests += wanted.length;
      if (requests > MAX_REQUESTS) {
        throw new PluginFault(`It asked for more than ${MAX_REQUESTS} addresses in one call.`);
      }
      const responses = await Promise.all(wanted.map((each) => this.#perform(each)));
      next = { kind: 'settle', deadlineMs, responses: JSON.stringify(responses) };
    }
  }

  async #exchange(words: ToThread): Promise<Exclude<FromThread, { kind: 'ready' }>> {
    const { deadlineMs } = words;
    const late = `It did not even stop at its deadline of ${deadlineMs} ms and was ended from outside.`;
    const answer = this.#wait(Math.max(deadlineMs * OUTER_FACTOR, deadlineMs + LEAST_GRACE_MS), late);
    this.#worker.postMessage(words);
    const told = await answer;
    if (told.kind === 'ready') throw new Error('The thread of a plugin said twice that it is ready.');
    for (const line of told.logs) this.#takeLog(line);
    return told;
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

const refuse: PerformRequest = ({ id }) =>
  Promise.resolve({ id, refused: 'This plugin has not been granted the network.' });

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
