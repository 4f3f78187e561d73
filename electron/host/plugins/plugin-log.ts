/** What a plugin logged and what became of it, with times: the newest lines, so that no plugin fills the memory. */
import { writeIsoUs } from '../../../core/model/time.ts';
import type { PluginLogLine } from '../../../core/rpc/plugins.ts';
import type { PluginClock } from './plugin-clock.ts';

const MOST_LINES = 500;
const MOST_CHARACTERS = 2000;

export class PluginLog {
  readonly #clock: PluginClock;
  #lines: PluginLogLine[] = [];

  constructor(clock: PluginClock) {
    this.#clock = clock;
  }

  add(by: PluginLogLine['by'], text: string): void {
    const at = writeIsoUs(this.#clock.nowMs() * 1000);
    this.#lines.push({ at, by, text: text.slice(0, MOST_CHARACTERS) });
    // Cut rarely, so that a line costs no copy of all others.
    if (this.#lines.length > 2 * MOST_LINES) this.#lines = this.#lines.slice(-MOST_LINES);
  }

  /** The oldest of them first. */
  newest(): readonly PluginLogLine[] {
    return this.#lines.slice(-MOST_LINES);
  }
}
