/** The gate of a data directory, joined to its plugins, its staging files and its key, and its clock kept going. */
import { join } from 'node:path';
import type { Clock } from '../../core/model/time.ts';
import type { TraceHeader } from '../../core/model/trace-entry.ts';
import { makeRecordRedactor } from '../../core/redact/record-redactor.ts';
import type { AuditDesk } from './audit/audit-desk.ts';
import { NO_AUDIT, type AuditTrail } from './intake/audit-trail.ts';
import { importIntakeOf, type ImportIntake } from './intake/import-intake.ts';
import { IntakeDesk } from './intake/intake-desk.ts';
import { PluginRules } from './intake/plugin-rules.ts';
import { PolicyGate, type GateStore } from './intake/policy-gate.ts';
import { hashWith, readRedactionKey } from './intake/redaction-key.ts';
import { StagingLog } from './intake/staging-log.ts';
import { JournalUnavailableError } from './journal/journal-unavailable.ts';
import { matchStored } from './plugins/match-query.ts';
import type { PluginRegistry } from './plugins/plugin-registry.ts';
import { PluginRunner } from './plugins/plugin-runner.ts';
import { StoredTraces } from './plugins/stored-traces.ts';
import { reportBug } from './report-bug.ts';
import type { TraceStore } from './trace-store.ts';

export interface Intake {
  readonly gate: PolicyGate;
  readonly desk: IntakeDesk;
  /** What an import that begins now is to go by. */
  readonly forImport: () => ImportIntake;
  close(): Promise<void>;
}

const SETTLE_EVERY_MS = 1000;

export async function openIntake(
  dataDirectory: string,
  parts: {
    readonly store: TraceStore;
    readonly plugins: PluginRegistry;
    readonly clock: Clock;
    readonly audit?: AuditDesk;
  },
): Promise<Intake> {
  const { store, plugins, clock } = parts;
  const audit: AuditTrail = parts.audit ?? NO_AUDIT;
  const key = await readRedactionKey(dataDirectory);
  const keyedHash = hashWith(key);
  const { log: staging, ...left } = await StagingLog.open(join(dataDirectory, 'staging'));
  const rules = new PluginRules(plugins, (policy) => makeRecordRedactor(policy, keyedHash));
  const storedHead = (traceId: string): TraceHeader | undefined => findHead(store, traceId);
  const gate = new PolicyGate({
    ...{ store: recordStored(store, parts.audit), clock, audit, staging, storedHead },
    rules: () => rules.current,
    onBug: reportBug,
  });
  const settle = (): Promise<void> => gate.settle().catch(tellBug);
  await gate.restore(left).catch(tellBug);
  const timer = setInterval(() => void settle(), SETTLE_EVERY_MS);
  const desk = new IntakeDesk({
    ...{ gate, clock, library: store.library },
    traces: new StoredTraces(store, clock, matchStored(store.library, dataDirectory, clock)),
    findPlugin: (id) => plugins.find(id),
    start: (plugin, takeLog) => PluginRunner.start(plugin, takeLog),
  });
  return {
    gate,
    desk,
    forImport: () => importIntakeOf(rules, key, plugins, audit),
    close: async () => {
      clearInterval(timer);
      desk.cancelAll();
      await settle();
      await staging.close();
    },
  };
}

/** What is stored is recorded before; what sampling lets go was recorded by who decided it. */
function recordStored(store: TraceStore, audit: AuditDesk | undefined): GateStore {
  if (audit === undefined) return store;
  return {
    append: async (batch, durable) => {
      if (audit.isOn) await audit.stored(batch);
      return await store.append(batch, durable);
    },
    delete: (...deletion) => store.delete(...deletion),
  };
}

/** A full disk is told by the journal itself, and what waits in staging waits on. */
function tellBug(error: unknown): void {
  if (!(error instanceof JournalUnavailableError)) reportBug(error);
}

function findHead({ library }: TraceStore, traceId: string): TraceHeader | undefined {
  const summary = library.has(traceId) ? library.findSummary(traceId) : undefined;
  if (summary === undefined) return undefined;
  const { workflowName, groupId, metadata } = summary;
  return { workflowName, metadata, ...(groupId !== null && { groupId }), processor: false };
}
