/**
 * Legal holds, in `holds.json` of the data directory: traces that nothing deletes. A hold by group or query means also
 * what matches later, and goes on to mean what matched when it was set. A file that cannot be read holds everything.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonList, isJsonObject, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import { writeIsoUs, type Clock } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { HOLD_KINDS, type Hold, type HoldKind, type ListedHold } from '../../../core/rpc/audit.ts';
import type { Library } from '../library/library.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import type { MatchQuery } from '../plugins/match-query.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import { writeSettingsFile } from '../settings/settings-file.ts';
import { isMissing } from '../system-error.ts';
import type { AuditDesk } from './audit-desk.ts';

export const HOLDS_FILE = 'holds.json';

/** A hold that cannot be, in a sentence for a person. */
export class BadHoldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadHoldError';
  }
}

export interface HoldShelfParts {
  readonly dataDirectory: string;
  readonly library: Pick<Library, 'traceIds' | 'findSummary' | 'has'>;
  readonly match: MatchQuery;
  readonly clock: Clock;
  readonly audit: Pick<AuditDesk, 'record' | 'actor'>;
}

type Question = (summary: TraceSummary) => boolean;

const MOST_HOLDS = 1000;
const SLICE_MS = 10;

export class HoldShelf {
  readonly #parts: HoldShelfParts;
  readonly #path: string;
  readonly #listeners = new Set<() => void>();
  /** Undefined: the file cannot be read, and who knows what it holds. */
  #holds: readonly Hold[] | undefined;
  /** One change after the other. */
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(parts: HoldShelfParts, holds: readonly Hold[] | undefined) {
    this.#parts = parts;
    this.#path = join(parts.dataDirectory, HOLDS_FILE);
    this.#holds = holds;
  }

  static async open(parts: HoldShelfParts): Promise<HoldShelf> {
    return new HoldShelf(parts, await readHolds(join(parts.dataDirectory, HOLDS_FILE)));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The oldest first. Throws a JournalUnavailableError where the file cannot be read. */
  all(): readonly Hold[] {
    if (this.#holds === undefined) {
      const why = `${HOLDS_FILE} cannot be read, and what it holds is not known: nothing is deleted until it can.`;
      throw new JournalUnavailableError(undefined, why);
    }
    return this.#holds;
  }

  async list(): Promise<readonly ListedHold[]> {
    const counts = new Map<string, number>();
    for (const holds of (await this.#holdsOfEach(this.#parts.library.traceIds())).values()) {
      for (const { id } of holds) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return this.all().map((hold) => listed(hold, counts.get(hold.id) ?? 0));
  }

  /** Those among the traces that are held, with the first hold that does. */
  async heldAmong(traceIds: Iterable<string>): Promise<ReadonlyMap<string, Hold>> {
    const first = new Map<string, Hold>();
    for (const [id, holds] of await this.#holdsOfEach(traceIds)) if (holds[0]) first.set(id, holds[0]);
    return first;
  }

  async of(traceId: string): Promise<readonly Hold[]> {
    return (await this.#holdsOfEach([traceId])).get(traceId) ?? [];
  }

  /** Durable when answered. Rejects with BadHoldError. */
  add(kind: HoldKind, value: string, reason: string): Promise<ListedHold> {
    return this.#inOrder(async () => {
      const holds = this.all();
      if (holds.length >= MOST_HOLDS)
        throw new BadHoldError(`There are ${String(MOST_HOLDS)} holds already.`);
      if (value.trim() === '') throw new BadHoldError('A hold needs a trace, a group or a query.');
      if (reason.trim() === '') throw new BadHoldError('A hold needs a reason.');
      const { clock, audit, library } = this.#parts;
      const wish = {
        id: randomUUID().slice(0, 8),
        kind,
        value,
        reason,
        at: writeIsoUs(clock()),
        actor: audit.actor,
      };
      const question = await this.#questionOf(wish);
      const traceIds: string[] = [];
      await this.#walk(library.traceIds(), (summary) => {
        if (question(summary)) traceIds.push(summary.id);
      });
      if (kind === 'trace' && traceIds.length === 0) throw new BadHoldError('The library has no such trace.');
      const hold: Hold = { ...wish, traceIds };
      // What is held is not said here: groups and queries can name a person.
      await audit.record({
        action: 'hold-set',
        objects: [hold.id],
        reason,
        counts: { traces: traceIds.length },
      });
      await this.#write([...holds, hold]);
      return listed(hold, traceIds.length);
    });
  }

  /** False where there is none with this id. */
  release(id: string, reason: string): Promise<boolean> {
    return this.#inOrder(async () => {
      const holds = this.all();
      if (!holds.some((hold) => hold.id === id)) return false;
      await this.#parts.audit.record({ action: 'hold-released', objects: [id], reason });
      await this.#write(holds.filter((hold) => hold.id !== id));
      return true;
    });
  }

  async #write(holds: readonly Hold[]): Promise<void> {
    await writeSettingsFile(this.#path, { holds: holds.map((hold) => ({ ...hold })) });
    this.#holds = holds;
    for (const listener of this.#listeners) listener();
  }

  async #holdsOfEach(traceIds: Iterable<string>): Promise<ReadonlyMap<string, readonly Hold[]>> {
    const found = new Map<string, Hold[]>();
    const holds = this.all();
    if (holds.length === 0) return found;
    const judged = await Promise.all(
      holds.map(async (hold) => ({
        hold,
        pinned: new Set(hold.traceIds),
        question: await this.#questionOf(hold),
      })),
    );
    await this.#walk(traceIds, (summary) => {
      const own = judged.filter(({ pinned, question }) => pinned.has(summary.id) || question(summary));
      if (own.length > 0)
        found.set(
          summary.id,
          own.map(({ hold }) => hold),
        );
    });
    return found;
  }

  /** With pauses in which everything else has its turn. */
  async #walk(traceIds: Iterable<string>, take: (summary: TraceSummary) => void): Promise<void> {
    let beganMs = performance.now();
    for (const id of traceIds) {
      const summary = this.#parts.library.findSummary(id);
      if (summary !== undefined) take(summary);
      if (performance.now() - beganMs < SLICE_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      beganMs = performance.now();
    }
  }

  async #questionOf({ kind, value }: Pick<Hold, 'kind' | 'value'>): Promise<Question> {
    switch (kind) {
      case 'trace':
        return ({ id }) => id === value;
      case 'group':
        return ({ groupId }) => groupId === value;
      case 'query':
        try {
          return await this.#parts.match(value);
        } catch (error) {
          if (error instanceof PluginFault) throw new BadHoldError(error.message);
          throw error;
        }
    }
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => undefined);
    return done;
  }
}

function listed(hold: Hold, traces: number): ListedHold {
  return { ...unpinned(hold), traces };
}

/** Without the ids that it means: they may be very many. */
export function unpinned({ id, kind, value, reason, at, actor }: Hold): Omit<Hold, 'traceIds'> {
  return { id, kind, value, reason, at, actor };
}

async function readHolds(path: string): Promise<readonly Hold[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return isMissing(error) ? [] : undefined;
  }
  try {
    const file = JSON.parse(text) as Json;
    const holds = isJsonObject(file) ? ownAt(file, 'holds') : undefined;
    return isJsonList(holds) ? holds.map(readHold) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws where it is none: half a hold would let something go. */
function readHold(value: Json): Hold {
  if (!isJsonObject(value)) throw new TypeError('a hold is no object');
  const text = (name: string): string => {
    const found = stringAt(value, name);
    if (found === undefined) throw new TypeError(`a hold has no ${name}`);
    return found;
  };
  const kind = HOLD_KINDS.find((each) => each === text('kind'));
  const ids = ownAt(value, 'traceIds');
  if (kind === undefined || !isJsonList(ids)) throw new TypeError('a hold of no kind');
  const traceIds = ids.map(String);
  return {
    id: text('id'),
    kind,
    value: text('value'),
    reason: text('reason'),
    at: text('at'),
    actor: text('actor'),
    traceIds,
  };
}
