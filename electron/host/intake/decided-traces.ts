/** What was decided on traces, so that late records follow, whatever is switched on or off meanwhile; bounded, since what was let go has a tombstone besides. */
export type Verdict =
  | { readonly kind: 'store' }
  | { readonly kind: 'skeleton'; readonly by: string; readonly reason: string }
  | { readonly kind: 'deny'; readonly by: string; readonly reason: string }
  | { readonly kind: 'drop'; readonly by: string; readonly reason: string }
  /** Nothing is decided yet. */
  | { readonly kind: 'stage'; readonly waitsFor: 'head' | 'end' };

const MOST = 100_000;

export class DecidedTraces {
  readonly #verdicts = new Map<string, Verdict>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  get(traceId: string): Verdict | undefined {
    return this.#verdicts.get(traceId);
  }

  set(traceId: string, verdict: Verdict): void {
    this.#verdicts.delete(traceId);
    this.#verdicts.set(traceId, verdict);
    if (this.#verdicts.size <= this.#most) return;
    const [oldest] = this.#verdicts.keys();
    if (oldest !== undefined) this.#verdicts.delete(oldest);
  }
}
