/**
 * The audit log of a host: whether it is kept, and what goes into it. Each entry comes before what it tells of: where
 * it cannot be written, that does not happen.
 */
import { join } from 'node:path';
import type { AuditEvent } from '../../../core/audit/audit-record.ts';
import { canonicalJson, type Json } from '../../../core/model/json.ts';
import type { ExportWish } from '../../../core/rpc/export.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { AuditEntry, AuditTrail } from '../intake/audit-trail.ts';
import { groupByTrace } from '../intake/split-batch.ts';
import { PLACE_NUMBERS, type RecordBatch } from '../records/record-batch.ts';
import { AuditLog } from './audit-log.ts';
import { DigestKeys } from './digest-keys.ts';
import { findActor } from './find-actor.ts';
import { hashText } from './hash-text.ts';
import type { OpenLogFile } from './log-file.ts';

/** The built-in plugin that switches it on; what it records is the host's own work. */
export const AUDIT_ID = 'audit';
export const AUDIT_FOLDER = 'audit';

/** What is known of a plugin that decided. */
export interface AuditedPlugin {
  readonly version: string;
  readonly bundleHash: string;
  readonly settingsHash: string;
}

export interface AuditWishes {
  readonly isOn: boolean;
  /** Record what is stored, and what is opened: the two that come often. */
  readonly stored: boolean;
  readonly opened: boolean;
}

export interface AuditDeskParts {
  readonly dataDirectory: string;
  readonly clock: Clock;
  /** Asked with every event. */
  readonly wishes: () => AuditWishes;
  readonly findPlugin: (id: string) => AuditedPlugin | undefined;
  readonly actor?: string;
  readonly openFile?: OpenLogFile;
}

export class AuditDesk implements AuditTrail {
  readonly log: AuditLog;
  readonly keys: DigestKeys;
  readonly dataDirectory: string;
  readonly #parts: AuditDeskParts;

  private constructor(parts: AuditDeskParts, log: AuditLog, keys: DigestKeys) {
    this.#parts = parts;
    this.dataDirectory = parts.dataDirectory;
    this.log = log;
    this.keys = keys;
  }

  /** Tells of the start where the log is kept. */
  static async open(parts: AuditDeskParts): Promise<AuditDesk> {
    const { dataDirectory, clock, actor = findActor(), openFile } = parts;
    const directory = join(dataDirectory, AUDIT_FOLDER);
    const log = await AuditLog.open({ directory, clock, actor, ...(openFile && { openFile }) });
    return new AuditDesk(parts, log, await DigestKeys.open(dataDirectory));
  }

  get isOn(): boolean {
    return this.#parts.wishes().isOn;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  get actor(): string {
    return this.#parts.actor ?? findActor();
  }

  /** Resolves when the event is in the log, and at once where none is kept. Rejects with AuditUnavailableError. */
  async record(event: AuditEvent): Promise<void> {
    if (this.isOn) await this.log.append([event]);
  }

  /** Whether it is on or not: what switches it off has to be in it. */
  async recordAlways(event: AuditEvent): Promise<void> {
    await this.log.append([event]);
  }

  /** A host begins to keep the log, or goes on with it: what happened in between is not in it. */
  async begin(settings: Json): Promise<void> {
    await this.record({ action: 'begun', policy: hashText(canonicalJson(settings)) });
  }

  /** What the gate decided. */
  async append({ action, by, reason, traceId, counts }: AuditEntry): Promise<void> {
    if (!this.isOn) return;
    const [id = by] = by.split('@');
    const plugin = this.#parts.findPlugin(id);
    await this.record({
      action,
      reason,
      ...(traceId !== undefined && { objects: [traceId] }),
      ...(counts && { counts }),
      by: by === id && plugin ? `${id}@${plugin.version}` : by,
      ...(plugin && { bundle: plugin.bundleHash, policy: plugin.settingsHash }),
    });
  }

  /** A batch is about to be stored, as it may be kept: one event, with a digest for each of its traces. */
  async stored(batch: RecordBatch): Promise<void> {
    const { isOn, stored } = this.#parts.wishes();
    if (!isOn || !stored) return;
    const traces = groupByTrace(batch);
    const digests = [...traces].map(([id, { records }]) => this.keys.digest(id, linesOf(batch, records)));
    const counts = { records: batch.records.length, bytes: batch.lines.length };
    const reason = batch.context.via;
    await this.keys.keep().catch(() => undefined);
    await this.log.append([{ action: 'stored', objects: [...traces.keys()], digests, counts, reason }]);
  }

  /** A whole segment of an import: without digests, since its lines are not read again. */
  async storedTraces(traceIds: readonly string[], counts: Readonly<Record<string, number>>): Promise<void> {
    const { isOn, stored } = this.#parts.wishes();
    if (isOn && stored) await this.record({ action: 'stored', objects: traceIds, counts, reason: 'import' });
  }

  async opened(traceId: string): Promise<void> {
    if (this.#parts.wishes().opened) await this.record({ action: 'opened', objects: [traceId] });
  }

  async exported(wish: Omit<ExportWish, 'views'>): Promise<void> {
    await this.record(exportEvent(wish));
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}

export function exportEvent({ traceIds, to, rules }: Omit<ExportWish, 'views'>): AuditEvent {
  const policy = hashText(canonicalJson([...rules]));
  const reason = rules.length === 0 ? `as ${to}` : `as ${to}, without ${rules.join(', ')}`;
  return { action: 'exported', objects: traceIds, counts: { traces: traceIds.length }, reason, policy };
}

function* linesOf({ lines, places }: RecordBatch, records: readonly number[]): Generator<Uint8Array> {
  for (const place of records) {
    const start = places[place * PLACE_NUMBERS] ?? 0;
    yield lines.subarray(start, start + (places[place * PLACE_NUMBERS + 1] ?? 0) + 1);
  }
}
