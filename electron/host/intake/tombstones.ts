/** Writes what sampling let go into the journal: traces that go together for one reason share a line. */
import type { DroppedTrace } from '../library/deletions.ts';
import type { GateStore } from './policy-gate.ts';

export type Tombstone = Omit<DroppedTrace, 'atUs'>;

interface Waiting {
  readonly tombstones: Tombstone[];
  readonly written: Promise<void>;
}

/** Of one line. */
const MOST = 5000;

export class Tombstones {
  readonly #store: GateStore;
  readonly #waiting = new Map<string, Waiting>();

  constructor(store: GateStore) {
    this.#store = store;
  }

  /** Resolves when it is durable. Rejects with JournalUnavailableError. */
  write(tombstone: Tombstone): Promise<void> {
    const key = `${tombstone.by}\n${tombstone.reason}`;
    const known = this.#waiting.get(key);
    if (known !== undefined && known.tombstones.length < MOST) {
      known.tombstones.push(tombstone);
      return known.written;
    }
    const tombstones = [tombstone];
    // What comes in the same turn goes into the same line.
    const written = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      if (this.#waiting.get(key)?.tombstones === tombstones) this.#waiting.delete(key);
      const { by, reason } = tombstone;
      const spans = tombstones.map((each) => each.spans);
      const traceIds = tombstones.map(({ traceId }) => traceId);
      await this.#store.delete(traceIds, true, 'sampled', { by, why: reason, spans });
    });
    this.#waiting.set(key, { tombstones, written });
    return written;
  }
}
