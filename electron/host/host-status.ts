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
const KEPT_ERRORS = 20;

/** Something that went wrong, in a sentence that holds no text of a trace. */
export interface ErrorRecord {
  /** ISO 8601, the host's clock. */
  readonly at: string;
  readonly message: string;
}

export class StatusBoard {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #acknowledged = 0;
  #rejected = 0;
  #rejects: RejectRecord[] = [];
  readonly #rejectedByCode = new Map<string, number>();
  #errors: readonly ErrorRecord[] = [];
  #lastError: string | undefined;
  #accepting = true;
  #pages = 0;

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

  /** Of those rejects that were told one by one; the count of all may be larger. */
  get rejectedByCode(): ReadonlyMap<string, number> {
    return this.#rejectedByCode;
  }

  /** The newest first. */
  get errors(): readonly ErrorRecord[] {
    return this.#errors;
  }

  /** Pages and command lines that are connected now. */
  get pages(): number {
    return this.#pages;
  }

  /** Counts one in; returns how to count it out. */
  countPage(): () => void {
    this.#pages++;
    return () => this.#pages--;
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
    for (const { code } of rejects) this.#rejectedByCode.set(code, (this.#rejectedByCode.get(code) ?? 0) + 1);
    const at = writeIsoUs(this.#clock());
    const newest = rejects.slice(-KEPT_REJECTS).map((reject) => ({ at, where, ...reject }));
    this.#rejects = [...newest.toReversed(), ...this.#rejects].slice(0, KEPT_REJECTS);
    this.#tell();
  }

  /** Why the journal refuses from now on; undefined when it takes records again. */
  setAvailability(reason: string | undefined): void {
    this.#accepting = reason === undefined;
    if (reason === undefined) this.#tell();
    else this.setError(reason);
  }

  setError(sentence: string): void {
    this.#lastError = sentence;
    this.#errors = [{ at: writeIsoUs(this.#clock()), message: sentence }, ...this.#errors].slice(
      0,
      KEPT_ERRORS,
    );
    this.#tell();
  }

  /** Says that what the status asks for has changed. */
  tellCounted(): void {
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
