/**
 * One plugin kept at work: its thread is started when it is called, one call follows the other, and those that ingest
 * waits for come first. A breakdown ends the thread; it is started again after 1, 5 and 30 seconds, and not at all after
 * three in five minutes. What a plugin throws is the fault of one call and ends nothing.
 *
 *   call ──▶ [urgent…][patient…] ──▶ thread ──▶ answer
 *                                      └─ breakdown ─▶ wait 1 s ─▶ breakdown ─▶ wait 5 s ─▶ breakdown ─▶ given up
 */
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import { CallTimings } from './call-timings.ts';
import { isBreakdown } from './is-breakdown.ts';
import type { LoadedPlugin } from './load-plugin.ts';
import type { PluginClock } from './plugin-clock.ts';
import { PluginFault, PluginUnavailable } from './plugin-fault.ts';
import type { PluginLog } from './plugin-log.ts';
import type { TakeLog } from './plugin-runner.ts';
import { withheldLine, withholdWords } from './withheld-words.ts';

/** What the supervisor needs of a `PluginRunner`. */
export interface Runner {
  call(analysis: string, step: 'map' | 'reduce', input: string, settings: string): Promise<string>;
  callHook(hook: HookName, input: string, settings: string, items?: number): Promise<string>;
  close(): Promise<void>;
}

/** What a plugin turned out to have when it was evaluated. */
export interface PluginParts {
  readonly hooks: readonly string[];
  readonly analyses: readonly string[];
}

export type StartRunner = (
  plugin: LoadedPlugin,
  takeLog: TakeLog,
) => Promise<PluginParts & { readonly runner: Runner }>;

export interface SupervisorOptions {
  readonly plugin: LoadedPlugin;
  readonly start: StartRunner;
  readonly clock: PluginClock;
  readonly log: PluginLog;
  /** The plugin's settings as they are now, as JSON. */
  readonly settings: () => string;
  /** Called when it begins or ends work, breaks down or is given up. */
  readonly onChange: () => void;
}

interface Call {
  readonly name: string;
  readonly run: (runner: Runner) => Promise<string>;
  readonly resolve: (answer: string) => void;
  readonly reject: (fault: unknown) => void;
}

const BACK_OFF_MS = [1000, 5000, 30_000] as const;
const MOST_BREAKDOWNS = 3;
const BREAKDOWNS_WITHIN_MS = 5 * 60_000;
/** Its thread and its engine take some thirty megabytes: that is not for nothing. */
const IDLE_MS = 60_000;
/** Ingest calls wait so long for a restart and no longer: they have a rule for what cannot be asked. */
const URGENT_WAITS_MS = 1000;

export class Supervisor {
  readonly timings = new CallTimings();
  readonly #options: SupervisorOptions;
  readonly #urgent: Call[] = [];
  readonly #patient: Call[] = [];
  #runner: Runner | undefined;
  #parts: PluginParts | undefined;
  #isWorking = false;
  /** The call that is under way, or was the last. */
  #calling = '';
  #isClosed = false;
  #breakdowns: number[] = [];
  #breakdownsEver = 0;
  #restartAtMs: number | undefined;
  #stopTimer: (() => void) | undefined;
  #fault: string | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get isWorking(): boolean {
    return this.#isWorking;
  }

  get crashes(): number {
    return this.#breakdownsEver;
  }

  /** Why it is not started again; undefined while it is. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Evaluates the plugin, if it was not yet, and says what it has. */
  async learn(): Promise<PluginParts> {
    if (this.#parts === undefined) await this.#enqueue('load', false, () => Promise.resolve('null'));
    if (this.#parts === undefined) throw new PluginFault('It could not be evaluated.');
    return this.#parts;
  }

  /** `items`: how many spans or records the input carries. Rejects with a `PluginFault`. */
  callHook(hook: HookName, input: string, settings: string, items = 1): Promise<string> {
    return this.#enqueue(hook, isUrgent(hook), (runner) => runner.callHook(hook, input, settings, items));
  }

  callAnalysis(analysis: string, step: 'map' | 'reduce', input: string, settings: string): Promise<string> {
    return this.#enqueue(step, false, (runner) => runner.call(analysis, step, input, settings));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#refuseAll(new PluginUnavailable('It was switched off.'));
    await this.#takeLeave();
  }

  #enqueue(name: string, urgent: boolean, run: Call['run']): Promise<string> {
    if (this.#isClosed) return Promise.reject(new PluginUnavailable('It was switched off.'));
    if (this.#fault !== undefined) return Promise.reject(new PluginUnavailable(this.#fault));
    const waitMs = (this.#restartAtMs ?? 0) - this.#options.clock.nowMs();
    if (urgent && waitMs > URGENT_WAITS_MS) {
      return Promise.reject(new PluginUnavailable('It broke down and is started again in a moment.'));
    }
    return new Promise((resolve, reject) => {
      (urgent ? this.#urgent : this.#patient).push({ name, run, resolve, reject });
      void this.#work();
    });
  }

  #isWaiting(): boolean {
    return this.#restartAtMs !== undefined;
  }

  async #work(): Promise<void> {
    if (this.#isWorking || this.#isWaiting()) return;
    this.#setWorking(true);
    this.#stopTimer?.();
    for (let call = this.#next(); call !== undefined; call = this.#next()) {
      await this.#answer(call);
      if (this.#isWaiting()) break;
    }
    this.#setWorking(false);
    if (!this.#isWaiting() && !this.#isClosed) this.#endWhenIdle();
  }

  #next(): Call | undefined {
    return this.#urgent.shift() ?? this.#patient.shift();
  }

  async #answer({ name, run, resolve, reject }: Call): Promise<void> {
    this.#calling = name;
    let startedMs = performance.now();
    const note = (isFault: boolean): void => {
      if (name !== 'load') this.timings.add(name, performance.now() - startedMs, isFault);
    };
    try {
      this.#runner ??= await this.#start();
      startedMs = performance.now();
      const answer = await run(this.#runner);
      note(false);
      resolve(answer);
    } catch (error) {
      note(true);
      if (error instanceof PluginFault && !this.#isClosed) {
        await this.#note(isUrgent(name) ? withholdWords(name, error) : error);
      }
      reject(error);
    }
  }

  async #start(): Promise<Runner> {
    const { plugin, start, log } = this.#options;
    const startedMs = performance.now();
    const { runner, hooks, analyses } = await start(plugin, (line) => {
      log.add('plugin', isUrgent(this.#calling) ? withheldLine(this.#calling) : line);
    });
    if (this.#isClosed) {
      await runner.close();
      throw new PluginUnavailable('It was switched off.');
    }
    this.#parts = { hooks, analyses };
    const tookMs = Math.round(performance.now() - startedMs);
    log.add('host', `Started version ${plugin.manifest.version} in ${String(tookMs)} ms.`);
    return runner;
  }

  async #note(fault: PluginFault): Promise<void> {
    if (!isBreakdown(fault)) {
      // A source that cannot be evaluated will not be better in a second.
      if (this.#runner === undefined) this.#giveUp(`It could not be evaluated. ${fault.message}`);
      else this.#options.log.add('host', `A call failed: ${fault.message}`);
      return;
    }
    await this.#endRunner();
    const nowMs = this.#options.clock.nowMs();
    this.#breakdownsEver += 1;
    this.#breakdowns = [...this.#breakdowns.filter((ms) => nowMs - ms < BREAKDOWNS_WITHIN_MS), nowMs];
    if (this.#breakdowns.length >= MOST_BREAKDOWNS) this.#giveUp(wordsOfThird(this.#options, fault));
    else this.#restartLater(fault, nowMs);
  }

  #giveUp(words: string): void {
    this.#fault = words;
    this.#options.log.add('host', words);
    this.#refuseAll(new PluginUnavailable(words));
    this.#options.onChange();
  }

  #restartLater(fault: PluginFault, nowMs: number): void {
    const waitMs = BACK_OFF_MS[this.#breakdowns.length - 1] ?? BACK_OFF_MS[2];
    this.#options.log.add(
      'host',
      `Broke down; it is started again in ${String(waitMs / 1000)} s. ${fault.message}`,
    );
    this.#restartAtMs = nowMs + waitMs;
    this.#stopTimer = this.#options.clock.after(waitMs, () => {
      this.#restartAtMs = undefined;
      if (this.#urgent.length + this.#patient.length > 0) void this.#work();
    });
    this.#options.onChange();
  }

  #refuseAll(fault: PluginUnavailable): void {
    for (const { reject } of [...this.#urgent.splice(0), ...this.#patient.splice(0)]) reject(fault);
  }

  #endWhenIdle(): void {
    if ((this.#parts?.hooks ?? []).some((hook) => isUrgent(hook))) return;
    this.#stopTimer = this.#options.clock.after(IDLE_MS, () => {
      void this.#takeLeave();
    });
  }

  /** Ends a thread that is at rest: the plugin is told before. One that hangs then is ended all the same. */
  async #takeLeave(): Promise<void> {
    const runner = this.#runner;
    // A call that comes meanwhile gets a thread of its own.
    this.#runner = undefined;
    const hooks = this.#isWorking ? [] : (this.#parts?.hooks ?? []);
    for (const hook of ['forceFlush', 'shutdown'] as const) {
      if (runner === undefined || !hooks.includes(hook)) continue;
      await runner.callHook(hook, 'null', this.#options.settings()).catch((error: unknown) => {
        if (!(error instanceof PluginFault)) throw error;
        this.#options.log.add('host', `${hook} failed: ${error.message}`);
      });
    }
    await runner?.close();
  }

  async #endRunner(): Promise<void> {
    const runner = this.#runner;
    this.#runner = undefined;
    await runner?.close();
  }

  #setWorking(isWorking: boolean): void {
    this.#isWorking = isWorking;
    this.#options.onChange();
  }
}

function wordsOfThird({ plugin }: SupervisorOptions, { message }: PluginFault): string {
  const { name } = plugin.manifest;
  return `${name} broke down three times in five minutes and was switched off; nothing else is affected. The last time: ${message}`;
}

/** What ingest waits for. */
export function isUrgent(hook: string): boolean {
  return URGENT.has(hook);
}

const URGENT: ReadonlySet<string> = new Set<HookName>(['access', 'headSample', 'redact', 'tailSample']);
