/** Keys on their way to a page: handed on at once while it keeps up, held (each once) while it does not. */

const LOOK_AGAIN_MS = 100;

export class PacedKeys {
  readonly #isBehind: () => boolean;
  readonly #send: (keys: readonly string[]) => void;
  readonly #held = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(isBehind: () => boolean, send: (keys: readonly string[]) => void) {
    this.#isBehind = isBehind;
    this.#send = send;
  }

  add(keys: readonly string[]): void {
    for (const key of keys) this.#held.add(key);
    if (this.#timer === undefined) this.#look();
  }

  /** Forgets what is held. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held.clear();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#held.size === 0) return;
    if (this.#isBehind()) {
      this.#timer = setTimeout(() => {
        this.#look();
      }, LOOK_AGAIN_MS);
      return;
    }
    const keys = [...this.#held];
    this.#held.clear();
    this.#send(keys);
  }
}
