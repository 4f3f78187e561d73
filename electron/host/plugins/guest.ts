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
import type { GuestAnswer, GuestSource } from './thread-words.ts';

/** One answer may be so long; a longer one is refused before it leaves the engine. */
export const MAX_ANSWER_CHARACTERS = 1024 * 1024;

const MAX_FAULT_CHARACTERS = 2000;
const MAX_STACK_LINES = 8;
const PAGE_BYTES = 65_536;
const FIRST_BYTES = 16 * 1024 * 1024;
/** So little that the engine's own check speaks before the stack of the thread is full. */
const STACK_BYTES = 128 * 1024;

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

  /** Evaluates the plugin; the value is the list of its analyses. */
  load({ fileName, code, config }: GuestSource, deadlineMs: number): GuestAnswer {
    this.#fileName = fileName;
    return this.#within(deadlineMs, (context) => {
      const text = context.newString(config);
      const make = context.unwrapResult(context.evalCode(GUEST_PRELUDE, 'tracebench.js'));
      this.#prelude = context.unwrapResult(context.callFunction(make, context.undefined, text));
      // On the first line, so that the lines of a stack trace are those of the author's file.
      const wrapped = `(function (exports, require, module) {${code}\n})`;
      const evaluate = context.unwrapResult(context.evalCode(wrapped, fileName));
      return this.#answer(context, 'load', evaluate);
    });
  }

  /** Runs one step of an analysis. */
  call(request: string, deadlineMs: number): GuestAnswer {
    return this.#within(deadlineMs, (context) =>
      context.newString(request).consume((text) => this.#answer(context, 'call', text)),
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

  #answer(context: QuickJSContext, name: 'load' | 'call', argument: QuickJSHandle): GuestAnswer {
    if (this.#prelude === undefined) throw new Error('The guest was called before it was loaded.');
    const work = context.getProp(this.#prelude, name);
    const answer = work.consume((call) =>
      context.unwrapResult(context.callFunction(call, context.undefined, argument)),
    );
    return answer.consume((told) => this.#read(context, told));
  }

  #read(context: QuickJSContext, told: QuickJSHandle): GuestAnswer {
    const logs = this.#readLogs(context);
    const json = context.getProp(told, 'json');
    return json.consume((handle): GuestAnswer => {
      if (context.typeof(handle) !== 'string') {
        const fault = this.#word(readText(context, told, 'fault'), readText(context, told, 'stack'));
        return { kind: 'fault', fault, logs };
      }
      const length = context.getProp(handle, 'length').consume((each) => context.getNumber(each));
      if (length <= MAX_ANSWER_CHARACTERS) return { kind: 'value', json: context.getString(handle), logs };
      const most = describeBytes(MAX_ANSWER_CHARACTERS);
      const fault = `It answered with ${describeBytes(length)}, and ${most} are allowed.`;
      return { kind: 'fault', fault, logs };
    });
  }

  #readLogs(context: QuickJSContext): readonly string[] {
    if (this.#prelude === undefined) return [];
    const tell = context.getProp(this.#prelude, 'logs');
    const text = tell.consume((call) => context.unwrapResult(context.callFunction(call, context.undefined)));
    const logs: unknown = JSON.parse(text.consume((handle) => context.getString(handle)));
    return Array.isArray(logs) ? logs.map(String) : [];
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
    const lines = stack.split('\n').filter((line) => /^\s+at /.test(line) && line.includes(this.#fileName));
    const words = isSpent ? `It ran out of its ${this.#memoryMb} MB of memory.` : message;
    return [words.slice(0, MAX_FAULT_CHARACTERS), ...lines.slice(0, MAX_STACK_LINES)].join('\n');
  }
}

function readText(context: QuickJSContext, holder: QuickJSHandle, name: string): string {
  return context
    .getProp(holder, name)
    .consume((handle) => (context.typeof(handle) === 'string' ? context.getString(handle) : ''));
}
