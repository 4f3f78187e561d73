/** The deletions of the journal in their order, and which segments still hold lines of deleted traces. */
import type { Deletion } from '../../../core/journal/delete-line.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { EpochUs } from '../../../core/model/time.ts';

interface PlacedDeletion extends Deletion {
  readonly segment: SegmentNumber;
}

/** The tombstone of a trace. */
export interface DroppedTrace {
  readonly traceId: string;
  readonly atUs: EpochUs;
  /** Those that had come by then. */
  readonly spans: number;
  /** The plugin and its version. */
  readonly by: string;
  readonly reason: string;
}

const QUOTES_AND_COMMA = 3;

export class Deletions {
  readonly #all: PlacedDeletion[] = [];
  readonly #keptAway = new Set<string>();
  readonly #hidden = new Map<SegmentNumber, Set<string>>();
  #bytes = 0;

  /** Bytes of the ids in all deletions, about: they stay in the journal for ever. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#all.length;
  }

  add(segment: SegmentNumber, deletion: Deletion): void {
    this.#all.push({ ...deletion, segment });
    for (const id of deletion.traceIds) {
      this.#bytes += id.length + QUOTES_AND_COMMA;
      if (deletion.keepAway) this.#keptAway.add(id);
      else this.#keptAway.delete(id);
    }
  }

  /** The traces of all deletions from the n-th on. */
  since(n: number): { readonly traceIds: readonly string[]; readonly next: number } {
    const traceIds = this.#all.slice(n).flatMap((deletion) => deletion.traceIds);
    return { traceIds: [...new Set(traceIds)], next: this.#all.length };
  }

  /** The deletions that stand in a segment. */
  in(segment: SegmentNumber): readonly Deletion[] {
    return this.#all
      .filter((deletion) => deletion.segment === segment)
      .map(({ at, traceIds, keepAway, reason, sampling }) => ({
        ...{ at, traceIds, keepAway, reason },
        ...(sampling && { sampling }),
      }));
  }

  /** Traces that were sampled away and have not come back, the newest first. */
  *sampledAway(): Generator<DroppedTrace> {
    for (const { at, traceIds, sampling } of this.#all.toReversed()) {
      if (sampling === undefined) continue;
      for (const [i, traceId] of traceIds.entries()) {
        if (!this.#keptAway.has(traceId)) continue;
        yield { traceId, atUs: at, spans: sampling.spans[i] ?? 0, by: sampling.by, reason: sampling.why };
      }
    }
  }

  /** The traces deleted in later segments: nothing of them counts in this one. */
  *after(segment: SegmentNumber): Generator<string> {
    for (const deletion of this.#all) if (deletion.segment > segment) yield* deletion.traceIds;
  }

  /** True where the last deletion of the trace said that it is to stay away. */
  isKeptAway(traceId: string): boolean {
    return this.#keptAway.has(traceId);
  }

  get keepsAny(): boolean {
    return this.#keptAway.size > 0;
  }

  /** Notes that lines of a deleted trace stand in a segment. */
  hide(segment: SegmentNumber, traceId: string): void {
    let traces = this.#hidden.get(segment);
    if (traces === undefined) this.#hidden.set(segment, (traces = new Set()));
    traces.add(traceId);
  }

  /** Deleted traces whose lines still stand in a segment. */
  hiddenIn(segment: SegmentNumber): readonly string[] {
    return [...(this.#hidden.get(segment) ?? [])];
  }

  /** Segments with such lines, in order. */
  segmentsWithHidden(): readonly SegmentNumber[] {
    return [...this.#hidden.keys()].sort((a, b) => a - b);
  }

  countHidden(): number {
    return new Set([...this.#hidden.values()].flatMap((traces) => [...traces])).size;
  }

  /** Says that the lines of these traces are gone from the segment. */
  forgetHidden(segment: SegmentNumber, traceIds: readonly string[]): void {
    const traces = this.#hidden.get(segment);
    for (const id of traceIds) traces?.delete(id);
    if (traces?.size === 0) this.#hidden.delete(segment);
  }
}
