/**
 * A plugin inside QuickJS inside WebAssembly: it reaches nothing that is not handed to it as text. The memory of the
 * engine has a maximum, which is the real cap; a deadline interrupts it wherever it is, in a regular expression too.
 */
import releaseSync from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { describeBytes } from './describe-bytes.ts';
import { GUEST_PRELUDE } from './guest-prelude.ts';
import type { ApiModule, GuestAnswer, GuestSource } from './thread-words.ts';

/** One answer may be so long; a longer one is refused before it leaves the engine. */
export const MAX_ANSWER_CHARACTERS = 1024 * 1024;

const MAX_FAULT_CHARACTERS = 2000;
const MAX_STACK_LINES = 8;
const MAX_STACK_CHARACTERS = 2000;
const MAX_LOGS = 100;
const MAX_LOG_CHARACTERS = 500;
const PAGE_BYTES = 65_536;
const FIRST_BYTES = 16 * 1024 * 1024;
/** So little that the engine's own check speaks before the stack of the thread is full. */
const STACK_BYTES = 128 * 1024;
/** So many jobs of promises are run before the clock is looked at again. */
const JOBS = 1000;

/** Milliseconds of a clock that only goes forward. */
export type Ticker = () => number;

export class Guest {
  readonly #context: QuickJSContext;
  readonly #now: Ticker;
  readonly #memoryMb: number;
  #fileName = '';
  #until = Infinity;
  #prelude: QuickJSHandle | undefined;

  private constructor(runtime: QuickJSRuntime, memoryMb: number, now: Ticker) {
    this.#memoryMb = memoryMb;
    this.#now = now;
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => now() > this.#until);
    this.#context = runtime.newContext();
  }

  static async open(memoryMb: number, now: Ticker): Promise<Guest> {
    const wasmMemory = new WebAssembly.Memory({
      initial: FIRST_BYTES / PAGE_BYTES,
      maximum: (memoryMb * 1024 * 1024) / PAGE_BYTES,
    });
    const engine = await newQuickJSWASMModuleFromVariant(newVariant(releaseSync, { wasmMemory }));
    return new Guest(engine.newRuntime(), memoryMb, now);
  }

  /** Evaluates the plugin; the value is JSON of `GuestContents`. */
  load({ fileName, code, config, api }: GuestSource, deadlineMs: number): GuestAnswer {
    this.#fileName = fileName;
    return this.#within(deadlineMs, (context) => {
      const text = context.newString(config);
      const make = context.unwrapResult(context.evalCode(GUEST_PRELUDE, 'tracebench.js'));
      this.#prelude = context.unwrapResult(context.callFunction(make, context.undefined, text));
      for (const module of api) this.#define(context, module);
      return this.#answer(context, 'load', evaluate(context, code, fileName));
    });
  }

  /** Runs one step of an analysis, or a hook. */
  call(request: string, deadlineMs: number): GuestAnswer {
    return this.#within(deadlineMs, (context) => this.#answer(context, 'call', context.newString(request)));
  }

  /** Goes on with a call that waited: JSON of a list of `GuestResponse`. */
  settle(responses: string, deadlineMs: number): GuestAnswer {
    return this.#within(deadlineMs, (context) =>
      this.#answer(context, 'settle', context.newString(responses)),
    );
  }

  #within(deadlineMs: number, work: (context: QuickJSContext) => GuestAnswer): GuestAnswer {
    this.#until = this.#now() + deadlineMs;
    try {
      return work(this.#context);
    } catch (error) {
      return { kind: 'fault', fault: this.#explain(error, deadlineMs), logs: [] };
    } finally {
      this.#until = Infinity;
    }
  }

  #define(context: QuickJSContext, { name, code }: ApiModule): void {
    const file = evaluate(context, code, `tracebench/${name.slice(2)}`);
    context.newString(name).consume((told) => this.#run(context, 'define', told, file).dispose());
    file.dispose();
  }

  #answer(context: QuickJSContext, name: 'load' | 'call' | 'settle', argument: QuickJSHandle): GuestAnswer {
    argument.consume((each) => this.#run(context, name, each).dispose());
    this.#runJobs(context);
    return this.#run(context, 'result').consume((told) => this.#read(context, told));
  }

  /** Calls one of the functions that the prelude gave. */
  #run(context: QuickJSContext, name: string, ...words: readonly QuickJSHandle[]): QuickJSHandle {
    if (this.#prelude === undefined) throw new Error('The guest was called before it was loaded.');
    return context
      .getProp(this.#prelude, name)
      .consume((work) => context.unwrapResult(context.callFunction(work, context.undefined, ...words)));
  }

  /** Everything that promises still have to do; what never settles leaves nothing to do. */
  #runJobs(context: QuickJSContext): void {
    const { runtime } = context;
    while (runtime.hasPendingJob()) {
      if (this.#now() > this.#until) throw new Error('interrupted');
      context.unwrapResult(runtime.executePendingJobs(JOBS));
    }
  }

  #read(context: QuickJSContext, told: QuickJSHandle): GuestAnswer {
    const logs = this.#readLogs(context);
    const waiting = readText(context, told, 'waiting');
    if (waiting.length > MAX_ANSWER_CHARACTERS)
      return { kind: 'fault', fault: tooLong(waiting.length, 'asked'), logs };
    if (waiting !== '') return { kind: 'waiting', json: waiting, logs };
    const json = context.getProp(told, 'json');
    return json.consume((handle): GuestAnswer => {
      if (context.typeof(handle) !== 'string') {
        const fault = this.#word(readText(context, told, 'fault'), readText(context, told, 'stack'));
        return { kind: 'fault', fault, logs };
      }
      const length = context.getProp(handle, 'length').consume((each) => context.getNumber(each));
      if (length <= MAX_ANSWER_CHARACTERS) return { kind: 'value', json: context.getString(handle), logs };
      return { kind: 'fault', fault: tooLong(length, 'answered'), logs };
    });
  }

  #readLogs(context: QuickJSContext): readonly string[] {
    if (this.#prelude === undefined) return [];
    const text = this.#run(context, 'logs').consume((handle) => context.getString(handle));
    const logs: unknown = JSON.parse(text);
    // The prelude cuts them, too, with functions that a plugin may have exchanged.
    const lines: readonly unknown[] = Array.isArray(logs) ? logs.slice(0, MAX_LOGS) : [];
    return lines.filter((line) => typeof line === 'string').map((line) => line.slice(0, MAX_LOG_CHARACTERS));
  }

  /** An error that the plugin cannot catch: the deadline, or no memory left even for the prelude. */
  #explain(error: unknown, deadlineMs: number): string {
    if (this.#now() > this.#until) return `It ran into its deadline of ${deadlineMs} ms.`;
    return error instanceof Error
      ? this.#word(error.message, error.stack ?? '')
      : this.#word(String(error), '');
  }

  /** The words of an error, and the lines of its stack that stand in the author's file. */
  #word(message: string, stack: string): string {
    // Where nothing is left, there is no room for an error either, and `null` is thrown.
    const isSpent = message === 'out of memory' || message === 'null';
    const lines = stack
      .slice(0, MAX_STACK_CHARACTERS)
      .split('\n')
      .filter((line) => /^\s+at /.test(line) && line.includes(this.#fileName));
    const words = isSpent ? `It ran out of its ${this.#memoryMb} MB of memory.` : message;
    return [words.slice(0, MAX_FAULT_CHARACTERS), ...lines.slice(0, MAX_STACK_LINES)].join('\n');
  }
}

function tooLong(length: number, did: 'answered' | 'asked'): string {
  return `It ${did} with ${describeBytes(length)}, and ${describeBytes(MAX_ANSWER_CHARACTERS)} are allowed.`;
}

/** A file as a function of its exports. It begins on the first line, so that stack traces name the author's lines. */
function evaluate(context: QuickJSContext, code: string, fileName: string): QuickJSHandle {
  const wrapped = `(function (exports, require, module) {${code}\n})`;
  return context.unwrapResult(context.evalCode(wrapped, fileName));
}

function readText(context: QuickJSContext, holder: QuickJSHandle, name: string): string {
  return context
    .getProp(holder, name)
    .consume((handle) => (context.typeof(handle) === 'string' ? context.getString(handle) : ''));
}
