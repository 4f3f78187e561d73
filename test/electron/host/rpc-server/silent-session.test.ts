/** A connection that says nothing of itself, and an import that the disk refuses. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { Connection, type Port } from '../../../../core/rpc/connection.ts';
import { StatusBoard } from '../../../../electron/host/host-status.ts';
import { ReportShelf } from '../../../../electron/host/reports/report-shelf.ts';
import { openSearch } from '../../../../electron/host/search/open-search.ts';
import { SettingsStore } from '../../../../electron/host/settings/settings-store.ts';
import { JournalUnavailableError } from '../../../../electron/host/journal/journal-unavailable.ts';
import { OFF, openTestAudit, openTestHolds } from '../audit/audit-fixture.ts';
import { makeTestDesk } from '../intake/desk-fixture.ts';
import { openPlugins } from '../../../../electron/host/open-plugins.ts';
import { Cleaner } from '../../../../electron/host/cleanup/cleaner.ts';
import { CorpusDesk } from '../../../../electron/host/corpus/corpus-desk.ts';
import { CostDesk } from '../../../../electron/host/prices/cost-desk.ts';
import { startSession } from '../../../../electron/host/rpc-server/session.ts';
import { TouchedTraces } from '../../../../electron/host/rpc-server/touched-traces.ts';
import type { Workbench } from '../../../../electron/host/rpc-server/workbench.ts';
import { NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** Two ends of a port in one process. */
function makePorts(): readonly [Port, Port] {
  const listeners = [
    new Set<(data: string | Uint8Array) => void>(),
    new Set<(data: string | Uint8Array) => void>(),
  ];
  const closing = new Set<() => void>();
  const end = (own: number): Port => ({
    send: (data) => {
      for (const listener of listeners[1 - own] ?? []) listener(data);
    },
    close: () => {
      for (const listener of closing) listener();
      closing.clear();
    },
    onMessage: (listener) => listeners[own]?.add(listener),
    onClose: (listener) => closing.add(listener),
  });
  return [end(0), end(1)];
}

async function openSession(): Promise<Connection> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const audited = await openTestAudit(undefined, OFF);
  const [own, other] = makePorts();
  const full = Object.assign(new Error('made by the test'), { code: 'ENOSPC' });
  const workbench: Workbench = {
    store,
    board: new StatusBoard(() => NOW_US),
    settings: await SettingsStore.open(await makeTemporaryDirectory()),
    reports: await ReportShelf.open(await makeTemporaryDirectory()),
    cleaner: new Cleaner(store, () => NOW_US),
    corpus: new CorpusDesk({
      library: store.library,
      clock: () => NOW_US,
      readPrices: () => Promise.reject(new Error('nobody asks')),
    }),
    costs: new CostDesk({
      library: store.library,
      clock: () => NOW_US,
      readPrices: () => Promise.reject(new Error('nobody asks')),
    }),
    search: openSearch(store.library, await makeTemporaryDirectory(), () => NOW_US),
    plugins: await openPlugins(
      await makeTemporaryDirectory(),
      store,
      new TouchedTraces(store.library),
      () => NOW_US,
    ),
    intake: makeTestDesk(store),
    audit: audited.audit,
    holds: await openTestHolds(store, audited),
    touched: new TouchedTraces(store.library),
    isToken: (token) => token === 'right',
    readStatus: () => Promise.resolve(STATUS),
    readHealth: () => Promise.reject(new Error('nobody asks')),
    importPaths: () => Promise.reject(new JournalUnavailableError(full)),
    cancelImport: () => undefined,
    onImportProgress: () => () => undefined,
  };
  startSession(own, workbench);
  const page = new Connection({ port: other });
  onTestFinished(() => {
    page.close();
  });
  return page;
}

const STATUS = {
  version: '',
  journalId: '',
  ingest: '',
  dataDirectory: '',
  traces: 0,
  spans: 0,
  bytesOnDisk: 0,
  acknowledged: 0,
  rejected: 0,
  rejects: [],
  lastError: null,
  accepting: true,
  notices: [],
};

it('ends a connection that has not said hello within five seconds, and no other', async () => {
  const silent = await openSession();
  vi.advanceTimersByTime(4999);
  expect(silent.closed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(silent.closed).toBe(true);
  const known = await openSession();
  await known.request('hello', { token: 'right' });
  vi.advanceTimersByTime(60_000);
  expect(known.closed).toBe(false);
});

it('fault 08: an import on a full disk is answered with the reason', async () => {
  const page = await openSession();
  await page.request('hello', { token: 'right' });
  const importing = page.request('import.paths', { importId: 'i', paths: ['x'] });
  await expect(importing).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('The disk is full') as string,
  });
});
