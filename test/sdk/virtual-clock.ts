/**
 * A clock for a whole process: time stands still while anything runs, and jumps to the next sleeper when
 * nothing does. So a run of minutes takes no time, and each run of it has the same times.
 */

/** Nothing runs any more when so many turns of the event loop brought no new sleeper. */
const IDLE_TURNS = 40;

export class VirtualClock {
  #nowMs: number;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  #turns = 0;
  #watching = false;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** Makes `new Date()` and `Date.now()` tell this clock's time. */
  install(): void {
    const now = (): number => this.#nowMs;
    globalThis.Date = new Proxy(Date, {
      construct: (target, args: unknown[]) =>
        Reflect.construct(target, args.length === 0 ? [now()] : args) as Date,
      get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
    });
  }

  /** Jumps to a later time; to be called while nothing runs. */
  moveTo(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ atMs: this.#nowMs + ms, wake });
      this.#turns = 0;
      if (!this.#watching) this.#watch();
    });
  }

  #watch(): void {
    this.#watching = true;
    setImmediate(() => {
      this.#watching = false;
      if (this.#sleepers.length === 0) return;
      if (++this.#turns > IDLE_TURNS) this.#wakeNext();
      if (this.#sleepers.length > 0) this.#watch();
    });
  }

  #wakeNext(): void {
    this.#turns = 0;
    this.#sleepers.sort((a, b) => a.atMs - b.atMs);
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#nowMs = next.atMs;
    next.wake();
  }
}
