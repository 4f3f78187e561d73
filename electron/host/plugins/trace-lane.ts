/**
 * The traces that wait for one plugin, after they were stored: one after the other, three tries each, and then a letter
 * to the user. Only ids wait here; a trace is folded and read when its turn comes, so waiting costs next to nothing.
 */
import { writeIsoUs } from '../../../core/model/time.ts';
import type { DeadLetter } from '../../../core/rpc/plugins.ts';
import { reportBug } from '../report-bug.ts';
import { systemErrorCode } from '../system-error.ts';
import type { HostedPlugin } from './hosted-plugin.ts';
import type { PluginClock } from './plugin-clock.ts';
import { PluginFault } from './plugin-fault.ts';

/** Looks at one trace and keeps what the plugin says of it. Rejects with a `PluginFault`. */
export type LookAt = (plugin: HostedPlugin, traceId: string) => Promise<void>;

export interface TraceLaneParts {
  readonly plugin: HostedPlugin;
  readonly clock: PluginClock;
  readonly lookAt: LookAt;
  /** Keeps that the plugin failed on a trace for good. */
  readonly giveUp: (plugin: HostedPlugin, traceId: string, fault: string) => void;
}

const TRIES = 3;
/** An id takes some hundred bytes here. */
const MOST_BYTES = 8 * 1024 * 1024;
const BYTES_BESIDE_ID = 64;
const MOST_LETTERS = 1000;

export class TraceLane {
  readonly #parts: TraceLaneParts;
  /** Traces in their order, and how often each was tried. */
  readonly #waiting = new Map<string, number>();
  readonly #letters = new Map<string, DeadLetter>();
  #bytes = 0;
  #overflowed = 0;
  #working: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: TraceLaneParts) {
    this.#parts = parts;
  }

  get letters(): readonly DeadLetter[] {
    return [...this.#letters.values()].reverse();
  }

  /** Takes a trace in; one that waits already is looked at once, as it is by then. */
  add(traceId: string): void {
    if (this.#isClosed || this.#waiting.has(traceId)) return;
    if (this.#bytes > MOST_BYTES) {
      this.#overflow();
      return;
    }
    this.#put(traceId, 0);
    this.begin();
  }

  /** Goes on where something stood in the way. */
  begin(): void {
    this.#count();
    this.#working ??= this.#work()
      .catch(reportBug)
      .finally(() => {
        this.#working = undefined;
        this.#count();
        // What came while the last one was being put away.
        if (this.#waiting.size > 0 && this.#canWork) this.begin();
      });
  }

  /** Resolves when nothing waits any more, or nothing can be done. */
  async settled(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#working;
  }

  get #canWork(): boolean {
    return !this.#isClosed && this.#parts.plugin.isReady;
  }

  async #work(): Promise<void> {
    for (const [traceId, tries] of this.#waiting) {
      if (!this.#canWork) return;
      // Whatever else the host has to do comes first.
      await new Promise(setImmediate);
      await this.#try(traceId, tries + 1);
      this.#count();
    }
  }

  async #try(traceId: string, tries: number): Promise<void> {
    const { plugin, lookAt } = this.#parts;
    // A record that comes meanwhile puts it in line again.
    this.#take(traceId);
    try {
      await lookAt(plugin, traceId);
      this.#letters.delete(traceId);
    } catch (error) {
      if (!(error instanceof PluginFault) && systemErrorCode(error) === undefined) throw error;
      // One that was given up has not failed on this trace: it waits until somebody switches the plugin on again.
      if (!plugin.isReady) this.#put(traceId, tries - 1);
      // Behind all others, so that one bad trace does not hold them up.
      else if (tries < TRIES) this.#put(traceId, tries);
      else this.#write(traceId, error instanceof Error ? error.message : '');
    }
  }

  #write(traceId: string, fault: string): void {
    const { plugin, clock, giveUp } = this.#parts;
    const [oldest] = this.#letters.keys();
    if (this.#letters.size >= MOST_LETTERS && oldest !== undefined) this.#letters.delete(oldest);
    this.#letters.set(traceId, { traceId, at: writeIsoUs(clock.nowMs() * 1000), fault });
    plugin.log.add('host', `Failed ${String(TRIES)} times on ${traceId}, which is left as it is.`);
    giveUp(plugin, traceId, fault);
  }

  #put(traceId: string, tries: number): void {
    if (this.#waiting.has(traceId)) return;
    this.#waiting.set(traceId, tries);
    this.#bytes += 2 * traceId.length + BYTES_BESIDE_ID;
  }

  #take(traceId: string): void {
    if (this.#waiting.delete(traceId)) this.#bytes -= 2 * traceId.length + BYTES_BESIDE_ID;
  }

  #overflow(): void {
    this.#overflowed += 1;
    if (this.#overflowed > 1) return;
    this.#parts.plugin.log.add(
      'host',
      'More traces came than can wait. Run it over the library to reach them all.',
    );
  }

  #count(): void {
    this.#parts.plugin.queue = { waiting: this.#waiting.size, deadLetters: this.#letters.size };
  }
}
