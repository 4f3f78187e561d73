/** The store of a data directory while no host runs over it, with its audit log and its legal holds. */
import type { Clock } from '../../../core/model/time.ts';
import type { AuditEvent } from '../../../core/audit/audit-record.ts';
import { openStore } from '../open-store.ts';
import { acquireOwnerLock } from '../owner/owner-lock.ts';
import { matchStored } from '../plugins/match-query.ts';
import { PluginsFile } from '../plugins/plugins-file.ts';
import type { TraceStore } from '../trace-store.ts';
import { VERSION } from '../version.ts';
import { AUDIT_ID, AuditDesk } from './audit-desk.ts';
import { AuditUnavailableError } from './audit-unavailable.ts';
import { HoldShelf } from './hold-shelf.ts';

export interface AuditedStore {
  readonly store: TraceStore;
  readonly audit: AuditDesk;
  readonly holds: HoldShelf;
}

/** Owns the directory as long as the work lasts. Undefined where another process does. */
export async function useAuditedStore<T>(
  dataDirectory: string,
  clock: Clock,
  work: (opened: AuditedStore) => Promise<T>,
): Promise<T | undefined> {
  return await asOwner(dataDirectory, async () => {
    const store = await openStore(dataDirectory, clock);
    const audit = await openAuditAlone(dataDirectory, clock);
    const match = matchStored(store.library, dataDirectory, clock);
    try {
      const { library } = store;
      return await work({
        store,
        audit,
        holds: await HoldShelf.open({ dataDirectory, library, match, clock, audit }),
      });
    } finally {
      await audit.close();
      await store.close();
    }
  });
}

/** Records what a command line does that only reads. Rejects with AuditUnavailableError; at once where no log is kept. */
export async function recordAlone(dataDirectory: string, clock: Clock, event: AuditEvent): Promise<void> {
  const file = await PluginsFile.read(dataDirectory);
  const { enabled, settings } = file.get(AUDIT_ID);
  if (!enabled || (event.action === 'opened' && settings['opened'] === false)) return;
  const done = await asOwner(dataDirectory, async () => {
    const audit = await openAuditAlone(dataDirectory, clock);
    try {
      await audit.record(event);
      return true;
    } finally {
      await audit.close();
    }
  });
  if (done === undefined)
    throw new AuditUnavailableError(undefined, 'another process owns the data directory');
}

/** The caller owns the directory. */
export async function openAuditAlone(dataDirectory: string, clock: Clock): Promise<AuditDesk> {
  const file = await PluginsFile.read(dataDirectory);
  const { enabled: isOn, settings } = file.get(AUDIT_ID);
  const wishes = { isOn, stored: settings['stored'] !== false, opened: settings['opened'] !== false };
  return await AuditDesk.open({ dataDirectory, clock, wishes: () => wishes, findPlugin: () => undefined });
}

async function asOwner<T>(dataDirectory: string, work: () => Promise<T>): Promise<T | undefined> {
  const locked = await acquireOwnerLock(dataDirectory, VERSION);
  if (locked.kind === 'held') return undefined;
  try {
    return await work();
  } finally {
    await locked.lock.release();
  }
}
