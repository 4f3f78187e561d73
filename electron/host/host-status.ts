/** What the status bar tells: counts since the start, the newest rejects, the last thing that went wrong. */
import { writeIsoUs, type Clock } from '../../core/model/time.ts';
import type { RejectRecord } from '../../core/rpc/contract.ts';
import type { Reject } from './records/record-intake.ts';

/** The part of HostStatus that events change; the rest is asked when it is told. */
export interface StatusCounts {
  readonly acknowledged: number;
  readonly rejected: number;
  readonly rejects: readonly RejectRecord[];
  readonly lastError: string | null;
  readonly accepting: boolean;
}

const KEPT_REJECTS = 100;

export class StatusBoard {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #acknowledged = 0;
  #rejected = 0;
  #rejects: RejectRecord[] = [];
  #lastError: string | undefined;
  #accepting = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get counts(): StatusCounts {
    return {
      acknowledged: this.#acknowledged,
      rejected: this.#rejected,
      rejects: this.#rejects,
      lastError: this.#lastError ?? null,
      accepting: this.#accepting,
    };
  }

  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  addAcknowledged(records: number): void {
    this.#acknowledged += records;
    this.#tell();
  }

  /** The first rejects of a body or file, and how many there were. */
  addRejects(where: string, rejects: readonly Reject[], count: number): void {
    if (count === 0) return;
    this.#rejected += count;
    const at = writeIsoUs(this.#clock());
    const newest = rejects.slice(-KEPT_REJECTS).map((reject) => ({ at, where, ...reject }));
    this.#rejects = [...newest.toReversed(), ...this.#rejects].slice(0, KEPT_REJECTS);
    this.#tell();
  }

  /** Why the journal refuses from now on; undefined when it takes records again. */
  setAvailability(reason: string | undefined): void {
    this.#accepting = reason === undefined;
    if (reason !== undefined) this.#lastError = reason;
    this.#tell();
  }

  setError(sentence: string): void {
    this.#lastError = sentence;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
