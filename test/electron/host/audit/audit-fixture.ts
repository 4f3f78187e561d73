/** An audit log in a directory of the test's own, that a test can switch on and off and whose disk it can fill. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AuditDesk, type AuditWishes } from '../../../../electron/host/audit/audit-desk.ts';
import { HoldShelf } from '../../../../electron/host/audit/hold-shelf.ts';
import { openLogFile, type OpenLogFile } from '../../../../electron/host/audit/log-file.ts';
import { matchStored } from '../../../../electron/host/plugins/match-query.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { NOW_US } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

export const ON: AuditWishes = { isOn: true, stored: true, opened: true };
export const OFF: AuditWishes = { isOn: false, stored: false, opened: false };

export interface TestAudit {
  readonly audit: AuditDesk;
  readonly directory: string;
  /** Of the log. */
  readonly folder: string;
  readonly wishes: { now: AuditWishes };
  readonly disk: { isFull: boolean };
}

export async function openTestAudit(directory?: string, wishes: AuditWishes = ON): Promise<TestAudit> {
  const dataDirectory = directory ?? (await makeTemporaryDirectory());
  const now = { now: wishes };
  const disk = { isFull: false };
  const openFile: OpenLogFile = async (path, bytes) => {
    const file = await openLogFile(path, bytes);
    return {
      get bytes() {
        return file.bytes;
      },
      append: (added) => {
        if (!disk.isFull) return file.append(added);
        return Promise.reject(Object.assign(new Error('made by the test'), { code: 'ENOSPC' }));
      },
      close: () => file.close(),
    };
  };
  const audit = await AuditDesk.open({
    dataDirectory,
    clock: () => NOW_US,
    actor: 'somebody',
    wishes: () => now.now,
    findPlugin: (id) =>
      id === 'access' ? { version: '1.0.0', bundleHash: 'bundle', settingsHash: 'settings' } : undefined,
    openFile,
  });
  onTestFinished(() => audit.close());
  return { audit, directory: dataDirectory, folder: join(dataDirectory, 'audit'), wishes: now, disk };
}

/** Holds over a store, with the same audit log. */
export function openTestHolds(store: TraceStore, { audit, directory }: TestAudit): Promise<HoldShelf> {
  const clock = (): number => NOW_US;
  const match = matchStored(store.library, directory, clock);
  return HoldShelf.open({ dataDirectory: directory, library: store.library, match, clock, audit });
}
