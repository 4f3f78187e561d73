/** The time of plugins in a test: it stands still until the test moves it, and then does what was to be done by then. */
import type { PluginClock } from '../../../../electron/host/plugins/plugin-clock.ts';

export class FakeClock implements PluginClock {
  #nowMs = Date.UTC(2026, 5, 1);
  #due: { readonly atMs: number; readonly work: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, work: () => void): () => void {
    const each = { atMs: this.#nowMs + ms, work };
    this.#due.push(each);
    return () => {
      this.#due = this.#due.filter((other) => other !== each);
    };
  }

  /** Lets all that follows from it happen, too. */
  async advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    const due = this.#due.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#due = this.#due.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { work } of due) work();
    await settle();
  }
}

/** Everything that was begun and waits for nothing but its turn has happened. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
}
