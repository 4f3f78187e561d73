/** Tells how far an import is, no more often than somebody could follow, and what is left of it. */
import type { Clock, EpochUs } from '../../../core/model/time.ts';
import type { ImportProgress } from '../../../core/rpc/contract.ts';
import { RestEstimate } from './rest-estimate.ts';
import type { ReadingProgress } from './stage-source.ts';

const PROGRESS_EVERY_US = 200_000;
/** Of the whole time, as measured: reading takes nearly all of it, adding the rest. */
const READING_SHARE = 0.85;

export interface ProgressParts {
  readonly importId: string;
  readonly path: string;
  readonly clock: Clock;
  readonly onProgress: (progress: ImportProgress) => void;
}

export class ImportProgressTeller {
  readonly #parts: ProgressParts;
  readonly #startedUs: EpochUs;
  readonly #estimate: RestEstimate;
  #toldUs: EpochUs;
  #read: ReadingProgress = { bytesRead: 0, bytesTotal: 0, spans: 0 };
  #speed = 0;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
    this.#startedUs = parts.clock();
    this.#toldUs = this.#startedUs;
    this.#estimate = new RestEstimate(this.#startedUs);
  }

  reading(progress: ReadingProgress): void {
    const seconds = Math.max(this.#parts.clock() - this.#startedUs, 1) / 1_000_000;
    this.#read = progress;
    this.#speed = Math.round(progress.spans / seconds);
    const { bytesRead, bytesTotal } = progress;
    this.#tell('reading', bytesTotal > 0 ? (bytesRead / bytesTotal) * READING_SHARE : 0, false);
  }

  /** `done` of the stage's bytes are in the library. */
  adding(done: number, bytes: number): void {
    const part = bytes > 0 ? done / bytes : 1;
    this.#tell('adding', READING_SHARE + part * (1 - READING_SHARE), false);
  }

  done(): void {
    this.#tell('adding', 1, true);
  }

  #tell(step: ImportProgress['step'], share: number, isLast: boolean): void {
    const { importId, path, clock, onProgress } = this.#parts;
    const nowUs = clock();
    if (!isLast && nowUs - this.#toldUs < PROGRESS_EVERY_US) return;
    this.#toldUs = nowUs;
    const secondsLeft = this.#estimate.tell(nowUs, share, 1);
    onProgress({
      importId,
      file: path,
      ...this.#read,
      spansPerSecond: this.#speed,
      step,
      share,
      ...(secondsLeft !== undefined && { secondsLeft }),
    });
  }
}
