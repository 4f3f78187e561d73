/**
 * Traces that nobody has decided on yet, with their redacted records: those whose trace item has not come, and those
 * that are to be judged at their end. Bounded in number and bytes; the oldest give way.
 */
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';
import type { RecordBatch } from '../records/record-batch.ts';

/** `head`: for the trace item; `end`: for the end of the trace. */
export type WaitsFor = 'head' | 'end';

export interface StagedTrace {
  readonly id: string;
  readonly batches: RecordBatch[];
  readonly openedAtUs: EpochUs;
  waitsFor: WaitsFor;
  lastAtUs: EpochUs;
  spans: number;
  bytes: number;
  /** A processor said so, or a root has ended. */
  hasEnded: boolean;
  hasRootEnded: boolean;
}

export interface StagingLimits {
  readonly traces: number;
  readonly bytes: number;
  /** How long a trace item is waited for. */
  readonly headUs: DurationUs;
  /** After a root ended: how long nothing may come before that counts as the end. */
  readonly quietUs: DurationUs;
  /** Without the end of a root. */
  readonly silenceUs: DurationUs;
}

export const STAGING_LIMITS: StagingLimits = {
  traces: 10_000,
  bytes: 128 * 1024 * 1024,
  headUs: 30_000_000,
  quietUs: 10_000_000,
  silenceUs: 300_000_000,
};

export class StagedTraces {
  readonly #limits: StagingLimits;
  /** The oldest first. */
  readonly #traces = new Map<string, StagedTrace>();
  #bytes = 0;

  constructor(limits: StagingLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#traces.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(id: string): StagedTrace | undefined {
    return this.#traces.get(id);
  }

  all(): readonly StagedTrace[] {
    return [...this.#traces.values()];
  }

  /** `batch` holds records of this trace alone. */
  add(id: string, batch: RecordBatch, waitsFor: WaitsFor, nowUs: EpochUs): void {
    let trace = this.#traces.get(id);
    if (trace === undefined) {
      trace = {
        ...{ id, batches: [], openedAtUs: nowUs, waitsFor, lastAtUs: nowUs },
        ...{ spans: 0, bytes: 0, hasEnded: false, hasRootEnded: false },
      };
      this.#traces.set(id, trace);
    }
    trace.waitsFor = waitsFor;
    trace.lastAtUs = nowUs;
    trace.batches.push(batch);
    trace.bytes += batch.lines.length;
    this.#bytes += batch.lines.length;
    for (const record of batch.records) {
      if (record.kind === 'trace') {
        trace.hasEnded ||= record.ended;
        continue;
      }
      const { row } = record;
      // A live span comes twice or more: its end is counted.
      if ((row.flags & SpanFlag.ended) === 0) continue;
      trace.spans++;
      trace.hasRootEnded ||= row.parentId === undefined;
    }
  }

  take(id: string): StagedTrace | undefined {
    const trace = this.#traces.get(id);
    if (trace === undefined) return undefined;
    this.#traces.delete(id);
    this.#bytes -= trace.bytes;
    return trace;
  }

  /** Puts back what could not be settled; it is the oldest again. */
  putBack(trace: StagedTrace): void {
    const since = this.take(trace.id);
    const others = [...this.#traces];
    this.#traces.clear();
    if (since !== undefined) {
      trace.batches.push(...since.batches);
      trace.bytes += since.bytes;
      trace.spans += since.spans;
      trace.hasEnded ||= since.hasEnded;
      trace.hasRootEnded ||= since.hasRootEnded;
    }
    this.#traces.set(trace.id, trace);
    for (const [id, other] of others) this.#traces.set(id, other);
    this.#bytes += trace.bytes;
  }

  /** Traces whose time has come, and the oldest of those that do not fit. */
  due(nowUs: EpochUs): readonly { readonly trace: StagedTrace; readonly isEarly: boolean }[] {
    const due: { trace: StagedTrace; isEarly: boolean }[] = [];
    let traces = this.#traces.size;
    let bytes = this.#bytes;
    for (const trace of this.#traces.values()) {
      const isTime = this.#isTime(trace, nowUs);
      const isEarly = !isTime && (traces > this.#limits.traces || bytes > this.#limits.bytes);
      if (!isTime && !isEarly) continue;
      due.push({ trace, isEarly });
      traces--;
      bytes -= trace.bytes;
    }
    return due;
  }

  #isTime(trace: StagedTrace, nowUs: EpochUs): boolean {
    const { headUs, quietUs, silenceUs } = this.#limits;
    if (trace.waitsFor === 'head') return nowUs - trace.openedAtUs >= headUs;
    const silentUs = nowUs - trace.lastAtUs;
    return trace.hasEnded || (trace.hasRootEnded && silentUs >= quietUs) || silentUs >= silenceUs;
  }
}
