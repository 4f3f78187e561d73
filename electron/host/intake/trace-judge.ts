/**
 * Decides what becomes of a trace: asks access and head sampling when its item comes, tail sampling at its end, keeps
 * what waits in staging, and writes what a decision means: entries of the trail, tombstones, records for the journal.
 */
import { findFormat } from '../../../core/formats/registry.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { askAccess, askHeadSample, askTailSample } from './ask-decisions.ts';
import { DecidedTraces, type Verdict } from './decided-traces.ts';
import { areDeciding, type IntakeRules } from './intake-rules.ts';
import type { GateLimits, PolicyGateParts } from './policy-gate.ts';
import { replaceBySkeleton } from './redact-batch.ts';
import { takeRecords, type TracePart } from './split-batch.ts';
import { StagedTraces, type StagedTrace, type WaitsFor } from './staged-traces.ts';
import { viewStaged } from './staged-view.ts';
import { Tombstones } from './tombstones.ts';
import { makeTraceHead } from './trace-head.ts';

type FinalVerdict = Exclude<Verdict, { kind: 'stage' }>;

const STORE: Verdict = { kind: 'store' };
const AWAIT_HEAD: Verdict = { kind: 'stage', waitsFor: 'head' };
const AWAIT_END: Verdict = { kind: 'stage', waitsFor: 'end' };

/** The records of one trace in a batch. */
export interface StagedPiece {
  readonly id: string;
  readonly own: RecordBatch;
}

/** So many traces are settled at once: they share flushes and lines of tombstones. */
const SETTLED_AT_ONCE = 64;

export class TraceJudge {
  readonly #parts: PolicyGateParts;
  readonly #decided = new DecidedTraces();
  readonly #deciding = new Map<string, Promise<Verdict>>();
  readonly #staged: StagedTraces;
  readonly #tombstones: Tombstones;
  #late = 0;
  #settling: Promise<void> | undefined;

  constructor(parts: PolicyGateParts, limits: GateLimits) {
    this.#parts = parts;
    this.#staged = new StagedTraces(limits);
    this.#tombstones = new Tombstones(parts.store);
  }

  get lateRecords(): number {
    return this.#late;
  }

  get waiting(): { readonly traces: number; readonly bytes: number } {
    return { traces: this.#staged.size, bytes: this.#staged.bytes };
  }

  verdictOf(traceId: string): Verdict | undefined {
    return this.#decided.get(traceId);
  }

  async judge(id: string, part: TracePart, rules: IntakeRules): Promise<Verdict> {
    const known = this.#decided.get(id);
    if (known !== undefined) {
      if (known.kind === 'drop') this.#late += part.records.length;
      return known;
    }
    const staged = this.#staged.get(id);
    if (!areDeciding(rules) && staged === undefined) return STORE;
    if (part.headers.length > 0 || !needsHead(rules)) return await this.#decideOnce(id, part, rules);
    const stored = this.#parts.storedHead(id);
    return stored === undefined
      ? AWAIT_HEAD
      : await this.#decideOnce(id, { ...part, headers: [stored] }, rules);
  }

  /** Resolves when the records of these traces, which `whole` holds together, are durable in staging. */
  async stage(
    pieces: readonly StagedPiece[],
    whole: (ids: ReadonlySet<string>) => RecordBatch | undefined,
  ): Promise<number> {
    const { staging, clock } = this.#parts;
    const byWait = { head: new Set<string>(), end: new Set<string>() };
    for (const { id, own } of pieces) {
      const verdict = this.#decided.get(id) ?? AWAIT_HEAD;
      const waitsFor = verdict.kind === 'stage' ? verdict.waitsFor : 'end';
      // In memory first: who decides on the trace while the disk writes takes them along.
      this.#staged.add(id, own, waitsFor, clock());
      byWait[waitsFor].add(id);
    }
    const [head, end] = [whole(byWait.head), whole(byWait.end)];
    const writes: Promise<void>[] = [];
    if (head !== undefined) writes.push(staging.append(head, false));
    if (end !== undefined) writes.push(staging.append(end, true));
    await Promise.all(writes);
    return 0;
  }

  /** Takes back into memory what is in the staging files already. */
  restage(id: string, own: RecordBatch, waitsFor: WaitsFor): void {
    if (waitsFor === 'end') this.#decided.set(id, AWAIT_END);
    this.#staged.add(id, own, waitsFor, this.#parts.clock());
  }

  /** One settling at a time. */
  settleDue(rules: IntakeRules): Promise<void> {
    this.#settling ??= this.#settleDue(rules).finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #settleDue(rules: IntakeRules): Promise<void> {
    // Without access or sampling there is nothing to wait for.
    const due = areDeciding(rules)
      ? this.#staged.due(this.#parts.clock())
      : this.#staged.all().map((trace) => ({ trace, isEarly: false }));
    for (let at = 0; at < due.length; at += SETTLED_AT_ONCE) {
      const part = due.slice(at, at + SETTLED_AT_ONCE);
      await Promise.all(part.map(({ trace, isEarly }) => this.#settle(trace, isEarly, rules)));
    }
  }

  async #settle(trace: StagedTrace, isEarly: boolean, rules: IntakeRules): Promise<void> {
    if (trace.waitsFor === 'head' && needsHead(rules)) {
      await this.#decideOnce(trace.id, { headers: [], records: [] }, rules);
      if (!isEarly || this.#staged.get(trace.id) === undefined) return;
    }
    await this.#release(trace.id, await this.#judgeEnd(trace, rules, isEarly));
  }

  #decideOnce(id: string, part: TracePart, rules: IntakeRules): Promise<Verdict> {
    const running = this.#deciding.get(id);
    if (running !== undefined) return running;
    const deciding = this.#decide(id, part, rules).finally(() => this.#deciding.delete(id));
    this.#deciding.set(id, deciding);
    return deciding;
  }

  async #decide(id: string, part: TracePart, rules: IntakeRules): Promise<Verdict> {
    const verdict = await this.#judgeHead(id, part, rules);
    const staged = this.#staged.get(id);
    if (verdict.kind === 'stage') {
      if (staged !== undefined) {
        staged.waitsFor = 'end';
        await this.#parts.staging.pass(id);
      }
      this.#decided.set(id, verdict);
      return verdict;
    }
    await this.#write(id, verdict, (staged?.spans ?? 0) + part.records.length - part.headers.length);
    this.#decided.set(id, verdict);
    if (staged !== undefined) await this.#release(id, verdict, true);
    return verdict;
  }

  async #judgeHead(id: string, { headers }: TracePart, rules: IntakeRules): Promise<Verdict> {
    const head = makeTraceHead(id, headers);
    const { decision, by, reason } = await askAccess(rules.access, head);
    if (decision !== 'allow') return { kind: decision, by, reason };
    // What is stored already was kept: what comes late joins it.
    if (this.#parts.storedHead(id) !== undefined) return STORE;
    const sampled = await askHeadSample(rules.headSample, head);
    if (sampled.decision === 'drop') return { kind: 'drop', by: sampled.by, reason: sampled.reason };
    if (sampled.decision === 'keep') return STORE;
    return rules.tailSample.length > 0 ? AWAIT_END : STORE;
  }

  async #judgeEnd(trace: StagedTrace, rules: IntakeRules, isEarly: boolean): Promise<FinalVerdict> {
    const view = viewStaged(trace, this.#parts.clock());
    const { decision, by, reason } = await askTailSample(rules.tailSample, view);
    if (decision === 'keep') return { kind: 'store' };
    return { kind: 'drop', by, reason: isEarly ? `${reason} (decided early, for want of room)` : reason };
  }

  /** What a decision leaves in trail and journal, before anything follows from it. */
  async #write(id: string, verdict: FinalVerdict, spans: number): Promise<void> {
    const { audit } = this.#parts;
    if (verdict.kind === 'store') return;
    const { by, reason } = verdict;
    if (verdict.kind === 'drop') {
      await audit.append({ action: 'sampled-away', by, reason, traceId: id, counts: { spans } });
      await this.#tombstones.write({ traceId: id, spans, by, reason });
      return;
    }
    const action = verdict.kind === 'deny' ? 'denied' : 'skeleton';
    await audit.append({ action, by, reason, traceId: id });
  }

  /** Takes a trace out of staging as the verdict says; where the disk refuses, it waits there on. */
  async #release(id: string, verdict: FinalVerdict, isWritten = false): Promise<void> {
    const trace = this.#staged.take(id);
    if (trace === undefined) return;
    const before = this.#decided.get(id);
    this.#decided.set(id, verdict);
    try {
      if (!isWritten) await this.#write(id, verdict, trace.spans);
      if (verdict.kind === 'store' || verdict.kind === 'skeleton') {
        for (const batch of trace.batches) {
          await this.#parts.store.append(
            verdict.kind === 'store' ? batch : toSkeletons(batch, verdict),
            true,
          );
        }
      }
      await this.#parts.staging.settle([id]);
    } catch (error) {
      if (before !== undefined) this.#decided.set(id, before);
      this.#staged.putBack(trace);
      throw error;
    }
  }
}

/** Sampling at the end alone need not know the trace item. */
function needsHead({ access, headSample }: IntakeRules): boolean {
  return access.length + headSample.length > 0;
}

function toSkeletons(batch: RecordBatch, { by, reason }: { by: string; reason: string }): RecordBatch {
  const format = findFormat(batch.context.format);
  if (format === undefined) throw new Error('a batch is of a format that nobody reads');
  const places = batch.records.map((_, place) => place);
  const replaced = new Map(
    batch.records.map((record, place) => [place, replaceBySkeleton(record, { by, reason }, format)] as const),
  );
  return takeRecords(batch, places, replaced) ?? batch;
}
