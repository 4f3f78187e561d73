/**
 * The gate of one import: what a file holds meets access and redaction before it reaches the stage. It works where the
 * file is read, a thread of its own included; plugins are asked through the host. Sampling passes imports over: who
 * imports a file wants what is in it.
 */
import { findFormat } from '../../../core/formats/registry.ts';
import { diagnoseAt } from '../../../core/formats/messages.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { Json } from '../../../core/model/json.ts';
import {
  makeRecordRedactor,
  type RecordRedactor,
  type RedactionPolicy,
} from '../../../core/redact/record-redactor.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { AuditEntry } from './audit-trail.ts';
import { askAccess, type AccessTold } from './ask-decisions.ts';
import type { AskedPlugin } from './intake-rules.ts';
import { hashWith } from './redaction-key.ts';
import { redactRecords, replaceBySkeleton, type RedactedRecords } from './redact-batch.ts';
import { groupByTrace, takeRecords, type TracePart } from './split-batch.ts';
import { makeTraceHead } from './trace-head.ts';

/** A plugin as a thread that reads a file knows it. */
export interface NamedPlugin {
  readonly id: string;
  readonly version: string;
  readonly reads: readonly Read[];
}

/** What is switched on, as it is sent to the reading thread. */
export interface ImportRules {
  readonly access: readonly NamedPlugin[];
  readonly redact: readonly NamedPlugin[];
  /** What the host's own redaction looks for, and the key of its pseudonyms in hex. */
  readonly redaction?: { readonly policy: RedactionPolicy; readonly key: string };
}

/** The host behind a reading. */
export interface ImportHost {
  /** Rejects with a PluginFault. */
  ask(id: string, hook: HookName, input: string, items: number | undefined): Promise<string>;
  tell(entry: AuditEntry): Promise<void>;
}

/** Bytes of records whose trace item has not come: beyond it the oldest are decided with what is known. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const HOST_REDACTION = 'redact';

export class ImportGate {
  readonly #host: ImportHost;
  readonly #access: readonly AskedPlugin[];
  readonly #guests: readonly AskedPlugin[];
  readonly #redactor: RecordRedactor | undefined;
  readonly #decided = new Map<string, AccessTold>();
  /** By trace, in the order in which they came: redacted already. */
  readonly #waiting = new Map<string, RecordBatch[]>();
  readonly #counts: Record<string, number> = {};
  #waitingBytes = 0;
  #denied = 0;
  #withheld = 0;

  constructor({ access, redact, redaction }: ImportRules, host: ImportHost) {
    this.#host = host;
    this.#access = access.map((plugin) => proxy(plugin, host));
    this.#guests = redact.map((plugin) => proxy(plugin, host));
    this.#redactor = redaction && makeRecordRedactor(redaction.policy, hashWith(redaction.key));
  }

  /** What records say of the file they came from: its name may be somebody's. */
  redactName(name: string): string {
    const redacted = this.#redactor?.redact(name).value;
    return typeof redacted === 'string' ? redacted : name;
  }

  /** What of the batches may be staged now. Rejects with IntakeClosedError where a redactor does not run. */
  async take(batches: readonly RecordBatch[]): Promise<readonly RecordBatch[]> {
    const taken: RecordBatch[] = [];
    for (const batch of batches) taken.push(...(await this.#take(batch)));
    return taken;
  }

  /** What waited for a trace item that the file does not have. */
  async end(): Promise<readonly RecordBatch[]> {
    const taken: RecordBatch[] = [];
    for (const id of [...this.#waiting.keys()]) taken.push(...(await this.#release(id)));
    return taken;
  }

  /** The report of the file: what was denied and withheld is said, and what it quotes of the file is redacted. */
  async finish<Report extends FileReport>(report: Report): Promise<Report> {
    if (Object.keys(this.#counts).length > 0) {
      await this.#host.tell({
        action: 'redacted',
        by: HOST_REDACTION,
        reason: 'by policy',
        counts: this.#counts,
      });
    }
    const said = [
      ...(this.#denied > 0 ? [diagnoseAt('access-denied', {}, { count: String(this.#denied) })] : []),
      ...(this.#withheld > 0 ? [diagnoseAt('withheld', {}, { count: String(this.#withheld) })] : []),
    ];
    const { path, ...rest } = report;
    // Names of attributes that nobody reads are the file's own words.
    const clean = this.#redactor?.redact(rest as unknown as Json).value ?? rest;
    const told = { ...(clean as unknown as Report), path };
    return { ...told, skipped: report.skipped + this.#denied, diagnostics: [...told.diagnostics, ...said] };
  }

  async #take(batch: RecordBatch): Promise<readonly RecordBatch[]> {
    const all = batch.records.map((_, place) => place);
    if (this.#access.length === 0) return await this.#redact(batch, all, new Map());
    const now: number[] = [];
    const skeletons = new Map<number, AccessTold>();
    const later: [string, readonly number[]][] = [];
    const released: RecordBatch[] = [];
    for (const [id, part] of groupByTrace(batch)) {
      const told = await this.#decide(id, part);
      if (told === undefined) later.push([id, part.records]);
      else if (told.decision === 'deny') this.#denied += part.records.length;
      else now.push(...part.records);
      if (told?.decision === 'skeleton') for (const place of part.records) skeletons.set(place, told);
      if (told !== undefined) released.push(...(await this.#release(id)));
    }
    for (const [id, places] of later) this.#wait(id, await this.#redact(batch, places, new Map()));
    const taken = await this.#redact(
      batch,
      now.sort((a, b) => a - b),
      skeletons,
    );
    while (this.#waitingBytes > MAX_WAITING_BYTES) {
      const [oldest] = this.#waiting.keys();
      if (oldest !== undefined) released.push(...(await this.#release(oldest)));
    }
    return [...released, ...taken];
  }

  /** Undefined where the trace item has not come. */
  async #decide(id: string, { headers }: TracePart): Promise<AccessTold | undefined> {
    const known = this.#decided.get(id);
    if (known !== undefined || headers.length === 0) return known;
    return await this.#ask(id, headers);
  }

  async #ask(id: string, headers: TracePart['headers']): Promise<AccessTold> {
    const told = await askAccess(this.#access, makeTraceHead(id, headers));
    const { decision, by, reason } = told;
    if (decision !== 'allow') {
      await this.#host.tell({ action: decision === 'deny' ? 'denied' : 'skeleton', by, reason, traceId: id });
    }
    this.#decided.set(id, told);
    return told;
  }

  #wait(id: string, batches: readonly RecordBatch[]): void {
    const waiting = this.#waiting.get(id) ?? [];
    waiting.push(...batches);
    this.#waiting.set(id, waiting);
    this.#waitingBytes += sizeOf(batches);
  }

  async #release(id: string): Promise<readonly RecordBatch[]> {
    const batches = this.#waiting.get(id);
    if (batches === undefined) return [];
    const told = this.#decided.get(id) ?? (await this.#ask(id, []));
    this.#waiting.delete(id);
    this.#waitingBytes -= sizeOf(batches);
    if (told.decision === 'allow') return batches;
    if (told.decision === 'skeleton') return batches.flatMap((batch) => skeletonsOf(batch, told));
    this.#denied += batches.reduce((sum, { records }) => sum + records.length, 0);
    return [];
  }

  /** The records at these places as they may be stored, in their order. */
  async #redact(
    batch: RecordBatch,
    places: readonly number[],
    skeletons: ReadonlyMap<number, AccessTold>,
  ): Promise<readonly RecordBatch[]> {
    const format = formatOf(batch);
    const wanted = places.filter((place) => !skeletons.has(place));
    const redacted = await redactRecords(batch, wanted, format, {
      guests: this.#guests,
      host: this.#redactor,
      hostName: HOST_REDACTION,
      mayRename: true,
    });
    await this.#note(redacted);
    const replaced = new Map(redacted.replaced);
    for (const [place, { by, reason }] of skeletons) {
      const record = batch.records[place];
      if (record !== undefined) replaced.set(place, replaceBySkeleton(record, { by, reason }, format));
    }
    const taken = takeRecords(batch, places, replaced);
    return taken === undefined ? [] : [taken];
  }

  async #note({ withheld, counts }: RedactedRecords): Promise<void> {
    this.#withheld += withheld.size;
    for (const { by, reason } of withheld.values()) await this.#host.tell({ action: 'withheld', by, reason });
    for (const [type, count] of Object.entries(counts))
      this.#counts[type] = (this.#counts[type] ?? 0) + count;
  }
}

function proxy({ id, version, reads }: NamedPlugin, host: ImportHost): AskedPlugin {
  return { id, version, manifest: { reads }, call: (hook, input, items) => host.ask(id, hook, input, items) };
}

function sizeOf(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, { lines }) => sum + lines.length, 0);
}

function formatOf({ context }: RecordBatch): NonNullable<ReturnType<typeof findFormat>> {
  const format = findFormat(context.format);
  if (format === undefined) throw new Error('a batch is of a format that nobody reads');
  return format;
}

function skeletonsOf(batch: RecordBatch, { by, reason }: AccessTold): readonly RecordBatch[] {
  const format = formatOf(batch);
  const replaced = new Map(
    batch.records.map((record, place) => [place, replaceBySkeleton(record, { by, reason }, format)] as const),
  );
  const taken = takeRecords(batch, [...replaced.keys()], replaced);
  return taken === undefined ? [] : [taken];
}
