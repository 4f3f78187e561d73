/**
 * The gate with everything that may be switched on, in the one order that holds:
 *
 *   batch ─▶ access ─▶ head sample ─▶ redact ─┬─▶ journal, fsync ─▶ 2xx
 *                                             └─▶ staging, fsync ─▶ 2xx ─▶ trace item, or end ─▶ tail sample ─▶ journal
 *
 * Who has to know the trace item waits for it in staging. Decisions hold for late records, too.
 */
import { findFormat } from '../../../core/formats/registry.ts';
import type { RecordFormat } from '../../../core/formats/format.ts';
import type { TraceHeader } from '../../../core/model/trace-entry.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { SampledAway } from '../../../core/journal/delete-line.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { traceIdOf } from '../records/leave-out.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Verdict } from './decided-traces.ts';
import { IntakeClosedError } from './intake-closed.ts';
import type { BatchStore, GateOutcome, IntakeGate, NotKept } from './intake-gate.ts';
import { areDeciding, areRedacting, type IntakeRules } from './intake-rules.ts';
import { redactRecords, replaceBySkeleton, type RedactedRecords, type Replacement } from './redact-batch.ts';
import { groupByTrace, takeRecords } from './split-batch.ts';
import type { LeftBehind, StagingLog } from './staging-log.ts';
import { STAGING_LIMITS, type StagingLimits } from './staged-traces.ts';
import { TraceJudge } from './trace-judge.ts';

export interface GateStore extends BatchStore {
  delete(
    traceIds: readonly string[],
    keepAway: boolean,
    reason: 'sampled',
    sampling: SampledAway,
  ): Promise<void>;
}

export interface PolicyGateParts {
  readonly store: GateStore;
  readonly clock: Clock;
  /** What is switched on now. */
  readonly rules: () => IntakeRules;
  readonly audit: AuditTrail;
  readonly staging: StagingLog;
  /** What the library knows of a trace; undefined where it has none of it. */
  readonly storedHead: (traceId: string) => TraceHeader | undefined;
  readonly onBug: (error: unknown) => void;
  readonly limits?: Partial<GateLimits>;
}

export interface GateLimits extends StagingLimits {
  /** Of all batches that wait to be redacted; more is asked to come again. */
  readonly redactingBytes: number;
}

export const GATE_LIMITS: GateLimits = { ...STAGING_LIMITS, redactingBytes: 96 * 1024 * 1024 };

/** The name of the host's own redaction, in what it withholds and tells. */
const HOST_REDACTION = 'redact';
const NOTHING: RedactedRecords = { replaced: new Map(), withheld: new Map(), counts: {} };

/** Where each record of a batch goes; places in the batch. */
interface Sorted {
  readonly stored: number[];
  readonly skeletons: Map<number, Verdict & { kind: 'skeleton' }>;
  readonly staged: Map<string, number[]>;
  readonly notKept: NotKept[];
  leftOut: number;
}

export class PolicyGate implements IntakeGate {
  readonly #parts: PolicyGateParts;
  readonly #limits: GateLimits;
  readonly #judge: TraceJudge;
  #redactingBytes = 0;

  constructor(parts: PolicyGateParts) {
    this.#parts = parts;
    this.#limits = { ...GATE_LIMITS, ...parts.limits };
    this.#judge = new TraceJudge(parts, this.#limits);
  }

  /** Records of dropped traces that came after their end, since the start. */
  get lateRecords(): number {
    return this.#judge.lateRecords;
  }

  /** Traces that wait for a decision, and the bytes of their records. */
  get waiting(): { readonly traces: number; readonly bytes: number } {
    return this.#judge.waiting;
  }

  /** Why nothing is taken just now; undefined where something is. */
  get refusal(): string | undefined {
    return this.#parts.rules().missing;
  }

  async admit(batch: RecordBatch): Promise<GateOutcome> {
    const rules = this.#parts.rules();
    const isIdle = !areDeciding(rules) && !areRedacting(rules) && rules.missing === undefined;
    if (isIdle && this.#judge.waiting.traces === 0) {
      return { leftOut: await this.#parts.store.append(batch, true), notKept: [] };
    }
    if (rules.missing !== undefined) throw new IntakeClosedError(rules.missing);
    const bytes = batch.lines.length;
    if (this.#redactingBytes > 0 && this.#redactingBytes + bytes > this.#limits.redactingBytes) {
      throw new IntakeClosedError('Too much waits to be redacted; send it again.');
    }
    this.#redactingBytes += bytes;
    try {
      return await this.#admit(batch, rules);
    } finally {
      this.#redactingBytes -= bytes;
    }
  }

  /** Decides on traces whose time has come; call it about once a second. */
  async settle(): Promise<void> {
    await this.#judge.settleDue(this.#parts.rules());
  }

  /** Takes what a former host left undecided. */
  async restore({ batches, passed }: LeftBehind): Promise<void> {
    for (const batch of batches) {
      for (const [id, { records }] of groupByTrace(batch)) {
        const own = takeRecords(batch, records, NOTHING.replaced);
        if (own !== undefined) this.#judge.restage(id, own, passed.has(id) ? 'end' : 'head');
      }
    }
    await this.settle();
  }

  async #admit(batch: RecordBatch, rules: IntakeRules): Promise<GateOutcome> {
    const format = formatOf(batch);
    const sorted = await this.#sort(batch, rules);
    const kept = [...sorted.stored, ...[...sorted.staged.values()].flat()].sort((a, b) => a - b);
    const redacted = await this.#redact(batch, kept, format, rules);
    const replaced = new Map(redacted.replaced);
    for (const [place, why] of sorted.skeletons) replaced.set(place, skeletonAt(batch, place, why, format));
    await this.#tell(redacted, batch);
    // A trace may have been decided on while its records were redacted.
    const { store, staged, leftOut } = this.#resort(sorted);
    const notKept = [...sorted.notKept];
    for (const place of redacted.withheld.keys()) notKept.push({ record: place, code: 'withheld' });
    const pieces = [...staged].flatMap(([id, places]) => {
      const own = takeRecords(batch, places, pick(replaced, places));
      return own === undefined ? [] : [{ id, own }];
    });
    const whole = (ids: ReadonlySet<string>): RecordBatch | undefined => {
      const places = [...staged].flatMap(([id, own]) => (ids.has(id) ? own : [])).sort((a, b) => a - b);
      return takeRecords(batch, places, pick(replaced, places));
    };
    const both = [this.#store(takeRecords(batch, store, replaced)), this.#judge.stage(pieces, whole)];
    const [keptAway = 0] = await Promise.all(both);
    return {
      leftOut: sorted.leftOut + leftOut + keptAway,
      notKept: notKept.sort((a, b) => a.record - b.record),
    };
  }

  async #sort(batch: RecordBatch, rules: IntakeRules): Promise<Sorted> {
    const parts = [...groupByTrace(batch)];
    const sorted: Sorted = { stored: [], skeletons: new Map(), staged: new Map(), notKept: [], leftOut: 0 };
    const verdicts = await Promise.all(parts.map(([id, part]) => this.#judge.judge(id, part, rules)));
    parts.forEach(([id, { records }], i) => {
      const verdict = verdicts[i] ?? { kind: 'store' };
      switch (verdict.kind) {
        case 'store':
          for (const place of records) sorted.stored.push(place);
          break;
        case 'skeleton':
          for (const place of records) sorted.skeletons.set(place, verdict);
          break;
        case 'deny':
          for (const record of records) sorted.notKept.push({ record, code: 'access-denied' });
          break;
        case 'drop':
          sorted.leftOut += records.length;
          break;
        case 'stage':
          sorted.staged.set(id, records);
      }
    });
    return sorted;
  }

  /** Once more, by what is decided now: only what was staged can have changed. */
  #resort({ stored, skeletons, staged }: Sorted): {
    store: readonly number[];
    staged: ReadonlyMap<string, readonly number[]>;
    leftOut: number;
  } {
    const store = [...stored, ...skeletons.keys()];
    const left = new Map<string, readonly number[]>();
    let leftOut = 0;
    for (const [id, places] of staged) {
      const verdict = this.#judge.verdictOf(id);
      if (verdict === undefined || verdict.kind === 'stage') left.set(id, places);
      else if (verdict.kind === 'store') store.push(...places);
      // What was denied or is to be a skeleton in the meantime comes to nothing or goes the long way: as a late record.
      else leftOut += places.length;
    }
    return { store: store.sort((a, b) => a - b), staged: left, leftOut };
  }

  async #redact(
    batch: RecordBatch,
    kept: readonly number[],
    format: RecordFormat,
    rules: IntakeRules,
  ): Promise<RedactedRecords> {
    if (!areRedacting(rules) || kept.length === 0) return NOTHING;
    const { redact: guests, redactor: host } = rules;
    // What waits for a decision waits under the ids that it came with.
    const mayRename = !areDeciding(rules) && this.#judge.waiting.traces === 0;
    return await redactRecords(batch, kept, format, { guests, host, hostName: HOST_REDACTION, mayRename });
  }

  /** Entries of the trail come before what they tell of: where they cannot be written, nothing of it is stored. */
  async #tell({ withheld, counts }: RedactedRecords, { records }: RecordBatch): Promise<void> {
    const { audit } = this.#parts;
    if (Object.keys(counts).length > 0) {
      await audit.append({ action: 'redacted', by: HOST_REDACTION, reason: 'by policy', counts });
    }
    for (const [place, { by, reason }] of withheld) {
      const record = records[place];
      const traceId = record && traceIdOf(record);
      await audit.append({ action: 'withheld', by, reason, ...(traceId !== undefined && { traceId }) });
    }
  }

  async #store(batch: RecordBatch | undefined): Promise<number> {
    return batch === undefined ? 0 : await this.#parts.store.append(batch, true);
  }
}

function formatOf({ context }: RecordBatch): RecordFormat {
  const format = findFormat(context.format);
  if (format === undefined) throw new Error('a batch is of a format that nobody reads');
  return format;
}

function skeletonAt(
  { records }: RecordBatch,
  place: number,
  { by, reason }: Verdict & { kind: 'skeleton' },
  format: RecordFormat,
): Replacement {
  const record = records[place];
  if (record === undefined) throw new RangeError('a batch has no such record');
  return replaceBySkeleton(record, { by, reason }, format);
}

function pick(
  replaced: ReadonlyMap<number, Replacement>,
  places: readonly number[],
): ReadonlyMap<number, Replacement> {
  return new Map(
    places.flatMap((place) => {
      const other = replaced.get(place);
      return other === undefined ? [] : [[place, other] as const];
    }),
  );
}
