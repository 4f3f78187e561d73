/** A page that hangs: what waits for it stays small, and it is up to date when it wakes. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { decodeFrame } from '../../../../core/rpc/frame.ts';
import type { Port } from '../../../../core/rpc/connection.ts';
import { StatusBoard } from '../../../../electron/host/host-status.ts';
import { listenOn } from '../../../../electron/host/listen.ts';
import { OFF, openTestAudit, openTestHolds } from '../audit/audit-fixture.ts';
import { makeTestDesk } from '../intake/desk-fixture.ts';
import { openPlugins } from '../../../../electron/host/open-plugins.ts';
import { Cleaner } from '../../../../electron/host/cleanup/cleaner.ts';
import { CorpusDesk } from '../../../../electron/host/corpus/corpus-desk.ts';
import { CostDesk } from '../../../../electron/host/prices/cost-desk.ts';
import { startSession } from '../../../../electron/host/rpc-server/session.ts';
import { TouchedTraces } from '../../../../electron/host/rpc-server/touched-traces.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { ReportShelf } from '../../../../electron/host/reports/report-shelf.ts';
import { openSearch } from '../../../../electron/host/search/open-search.ts';
import { SettingsStore } from '../../../../electron/host/settings/settings-store.ts';
import type { Workbench } from '../../../../electron/host/rpc-server/workbench.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

test('a page that takes nothing is told nothing, and everything when it takes things again', async () => {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const audited = await openTestAudit(undefined, OFF);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const board = new StatusBoard(() => NOW_US);
  const sent: string[] = [];
  let waitingBytes = 0;
  let hear: (text: string) => void = () => undefined;
  const port: Port = {
    send: (data) => {
      const message = decodeFrame(data)?.message;
      sent.push(message?.type === 'event' ? message.name : (message?.type ?? 'broken'));
    },
    close: () => undefined,
    onMessage: (listener) => (hear = listener),
    onClose: () => undefined,
    waitingBytes: () => waitingBytes,
  };
  const workbench: Workbench = {
    store,
    board,
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
    isToken: () => true,
    readStatus: () => Promise.resolve({ ...STATUS, ...board.counts }),
    readHealth: () => Promise.reject(new Error('nobody asks')),
    importPaths: () => Promise.resolve([]),
    cancelImport: () => undefined,
    onImportProgress: () => () => undefined,
  };
  startSession(port, workbench);
  const ask = async (id: number, name: string, params: object): Promise<void> => {
    hear(JSON.stringify({ type: 'request', id, name, params }));
    await vi.advanceTimersByTimeAsync(0);
  };
  await store.append(makeBatch([makeSpan('t', 's0')]), true);
  // What was touched before the page asked is told by then.
  await vi.advanceTimersByTimeAsync(1000);
  await ask(1, 'hello', { token: 'x' });
  await ask(2, 'library.subscribe', {});
  await ask(3, 'trace.open', { traceId: 't' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(['result', 'result', 'library.changed', 'result', 'status.changed']);

  waitingBytes = 100_000_000;
  for (let i = 1; i <= 20; i++) {
    await store.append(makeBatch([makeSpan('t', `s${String(i)}`)]), true);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(sent).toHaveLength(5);
  waitingBytes = 0;
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.slice(5).toSorted()).toEqual(['library.changed', 'status.changed', 'trace.changed']);
});

const STATUS = {
  version: '',
  journalId: '',
  ingest: '',
  dataDirectory: '',
  traces: 0,
  spans: 0,
  bytesOnDisk: 0,
  notices: [],
};

test('a page that asks on without taking its answers is not heard until it has taken them', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const port = await listenOn(server, 0);
  const client = new WebSocket(`ws://127.0.0.1:${String(port)}`);
  onTestFinished(() => {
    client.terminate();
    sockets.close();
    server.close();
  });
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  await once(client, 'open');
  const host = makeWebSocketPort(socket);
  const heard: (string | Uint8Array)[] = [];
  const answered = new Promise<void>((resolve) => {
    host.onMessage((data) => {
      heard.push(data);
      resolve();
    });
  });
  client.pause();
  host.send(new Uint8Array(64 * 1024 * 1024));
  expect(socket.isPaused).toBe(true);
  client.send('another question');
  client.resume();
  await answered;
  expect(socket.isPaused).toBe(false);
  expect(heard).toEqual(['another question']);
});
