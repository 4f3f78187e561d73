/** Deletes traces by scope, says beforehand what would go, and tells how far that has come on disk. */
import type { DeleteReason } from '../../../core/journal/delete-line.ts';
import { isOfSegment, segmentFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import { NO_TRACE_ID } from '../../../core/model/trace-entry.ts';
import { writeIsoUs, type Clock } from '../../../core/model/time.ts';
import type { CleanupDone, CleanupPreview, CleanupScope, CleanupStatus } from '../../../core/rpc/cleanup.ts';
import { NO_GUARD, type DeletionGuard } from '../audit/deletion-guard.ts';
import type { TraceStore } from '../trace-store.ts';
import { chooseTraces } from './choose-traces.ts';
import { measureTraces, sumLines, type TraceMeasure } from './measure-traces.ts';

export interface Retention {
  readonly maxAgeDays: number | null;
  readonly maxBytes: number | null;
}

const DAY_SECONDS = 86_400;
const IDLE = { compaction: 'idle', segmentsDone: 0, segmentsTotal: 0, freedBytes: 0 } as const;

export class Cleaner {
  readonly #store: TraceStore;
  readonly #clock: Clock;
  readonly #guard: DeletionGuard;
  readonly #listeners = new Set<() => void>();
  /** Bytes of deleted lines by segment, as long as so many traces are hidden there. */
  readonly #hiddenBytes = new Map<SegmentNumber, { readonly traces: number; readonly bytes: number }>();

  constructor(store: TraceStore, clock: Clock, guard = NO_GUARD) {
    this.#guard = guard;
    this.#store = store;
    this.#clock = clock;
    store.compactor?.onChange(() => {
      this.#tell();
    });
  }

  /** Calls back when the status may have changed; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async preview(scope: CleanupScope): Promise<CleanupPreview> {
    const { chosen, held } = await this.#choose(scope);
    const first = chosen[0];
    const last = chosen.at(-1);
    return {
      traces: chosen.length,
      spans: this.#countSpans(chosen),
      bytes: chosen.reduce((sum, { bytes }) => sum + bytes, 0),
      oldest: first === undefined ? null : writeIsoUs(first.lastSeenUs),
      youngest: last === undefined ? null : writeIsoUs(last.lastSeenUs),
      ...(held > 0 && { held }),
    };
  }

  /** Resolves when the deletion is durable and the traces are hidden. Rejects with JournalUnavailableError. */
  async apply(scope: CleanupScope, keepAway: boolean, reason: DeleteReason = 'user'): Promise<CleanupDone> {
    const { chosen, held } = await this.#choose(scope);
    const spans = this.#countSpans(chosen);
    const done = { traces: chosen.length, spans, ...(held > 0 && { held }) };
    if (chosen.length + held === 0) return done;
    const traceIds = chosen.map(({ id }) => id);
    await this.#guard.tell({ reason, traceIds, spans, held });
    if (chosen.length === 0) return done;
    await this.#store.delete(traceIds, keepAway, reason);
    this.#tell();
    void this.#store.compactor?.run();
    return done;
  }

  /** Carries out the rules of the settings. Rejects with JournalUnavailableError. */
  async applyRetention({ maxAgeDays, maxBytes }: Retention): Promise<CleanupDone> {
    let traces = 0;
    let spans = 0;
    const scopes: readonly CleanupScope[] = [
      ...(maxAgeDays === null ? [] : [{ kind: 'older-than', seconds: maxAgeDays * DAY_SECONDS } as const]),
      ...(maxBytes === null ? [] : [{ kind: 'down-to', bytes: maxBytes } as const]),
    ];
    for (const scope of scopes) {
      // What is hidden and not gone yet would count twice.
      await this.#store.compactor?.run();
      const done = await this.apply(scope, false, 'retention');
      traces += done.traces;
      spans += done.spans;
    }
    return { traces, spans };
  }

  async status(): Promise<CleanupStatus> {
    const { compactor, library } = this.#store;
    const hiddenBytes = await this.#sumHiddenBytes();
    const bytesOnDisk = await this.#store.bytesOnDisk();
    // Read last: what goes on while the sizes are summed must not be told of as it was before.
    const state = compactor?.state ?? IDLE;
    return { ...state, hiddenTraces: library.deletions.countHidden(), hiddenBytes, bytesOnDisk };
  }

  /** What goes, and how many traces would go were they not held. */
  async #choose(
    scope: CleanupScope,
  ): Promise<{ readonly chosen: readonly TraceMeasure[]; readonly held: number }> {
    const { library } = this.#store;
    const wanted =
      scope.kind === 'traces' ? new Set(scope.traceIds.filter((id) => library.has(id))) : undefined;
    const sizes = await this.#store.fileSizes();
    const shareOf = (segment: SegmentNumber): number => {
      const plain = sizes.get(segmentFileName(segment));
      return plain === undefined ? COMPRESSED_SHARE : 1;
    };
    const measures = await measureTraces(library, wanted, shareOf);
    const bytesOnDisk = scope.kind === 'down-to' ? await this.#sumDeletable(sizes) : 0;
    const circumstances = {
      nowUs: this.#clock(),
      bytesOnDisk,
      isRunning: (id: string) =>
        library.findSummary(id)?.status === 'in_progress' && measures.get(id)?.live === true,
    };
    const all = chooseTraces(scope, measures.values(), circumstances);
    const held = await this.#guard.held(measures.keys());
    if (held.size === 0) return { chosen: all, held: 0 };
    const free = [...measures.values()].filter(({ id }) => !held.has(id));
    return {
      chosen: chooseTraces(scope, free, circumstances),
      held: all.filter(({ id }) => held.has(id)).length,
    };
  }

  /** What no deletion frees does not count: else, once it is larger than the limit, a rule would take every trace. */
  async #sumDeletable(sizes: ReadonlyMap<string, number>): Promise<number> {
    let sum = 0;
    for (const [name, size] of sizes) if (isOfSegment(name)) sum += size;
    // Once in their lines and once in a sidecar.
    const ofDeletions = this.#store.library.deletions.bytes * (1 + COMPRESSED_SHARE);
    return sum - (await this.#sumHiddenBytes()) - ofDeletions;
  }

  #countSpans(traces: readonly TraceMeasure[]): number {
    return traces.reduce((sum, { id }) => sum + (this.#store.library.findSummary(id)?.spans ?? 0), 0);
  }

  async #sumHiddenBytes(): Promise<number> {
    const { deletions, tables } = this.#store.library;
    let sum = 0;
    for (const segment of deletions.segmentsWithHidden()) {
      const traces = deletions.hiddenIn(segment).length;
      let known = this.#hiddenBytes.get(segment);
      if (known?.traces !== traces) {
        const { table } = tables.get(segment);
        const { bytes } = sumLines(table);
        const hidden = bytes.filter((_, number) => table.traces[number]?.id === NO_TRACE_ID);
        known = { traces, bytes: hidden.reduce((total, each) => total + each, 0) };
        this.#hiddenBytes.set(segment, known);
        await new Promise((resolve) => setImmediate(resolve));
      }
      sum += known.bytes;
    }
    return sum;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What gzip leaves of spans, about (at the fastest level, on spans of agents: 2.6 to 1). */
const COMPRESSED_SHARE = 0.4;
