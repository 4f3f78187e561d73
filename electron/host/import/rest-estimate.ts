/** How long a piece of work will take from now on, by how quick it was of late. */
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';

/** Speeds of longer ago count for less and less: this is when they count for a third. */
const MEMORY_US: DurationUs = 5_000_000;
/** Before that a guess would jump about. */
const FIRST_GUESS_US: DurationUs = 500_000;

export class RestEstimate {
  readonly #startedUs: EpochUs;
  #atUs: EpochUs;
  #done = 0;
  /** Of a second; undefined until something was measured. */
  #speed: number | undefined;

  constructor(nowUs: EpochUs) {
    this.#startedUs = nowUs;
    this.#atUs = nowUs;
  }

  /** Seconds that are left where `done` of `total` is done; undefined while nobody could tell. */
  tell(nowUs: EpochUs, done: number, total: number): number | undefined {
    const passedUs = nowUs - this.#atUs;
    if (passedUs > 0 && done >= this.#done) {
      const speed = ((done - this.#done) / passedUs) * 1_000_000;
      const weight = this.#speed === undefined ? 1 : 1 - Math.exp(-passedUs / MEMORY_US);
      this.#speed = (this.#speed ?? 0) * (1 - weight) + speed * weight;
      this.#atUs = nowUs;
      this.#done = done;
    }
    const speed = this.#speed ?? 0;
    if (total <= 0 || speed <= 0 || nowUs - this.#startedUs < FIRST_GUESS_US) return undefined;
    return Math.max(total - done, 0) / speed;
  }
}
