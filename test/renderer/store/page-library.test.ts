/** The library of pages before a real host: one writes, the others follow, and every way ends in the same list. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { listTrace, type ListedTrace } from '../../../core/store/listed-trace.ts';
import { Connection } from '../../../core/rpc/connection.ts';
import type { HostStatus } from '../../../core/rpc/contract.ts';
import type { Host } from '../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../electron/host/rpc-server/websocket-port.ts';
import { ColumnsList } from '../../../renderer/store/columns-list.ts';
import type { FeedingState } from '../../../renderer/store/feeding-state.ts';
import { HostLine } from '../../../renderer/store/host-line.ts';
import { PageLibrary } from '../../../renderer/store/page-library.ts';
import { hostInTest, post, socketUrl } from '../state/host-in-test.ts';

// Live queries look for a browser's store of their own, and are silent where there is none.
Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });

/** What the pages of one browser share. */
class Browser {
  readonly indexedDB = new IDBFactory();
  readonly #locks = new Map<string, Promise<void>>();
  writers = 0;
  mostWriters = 0;

  readonly withLock = async (name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
    const before = this.#locks.get(name) ?? Promise.resolve();
    const own = before.then(async () => {
      if (signal.aborted) return;
      this.mostWriters = Math.max(this.mostWriters, ++this.writers);
      try {
        await work();
      } finally {
        this.writers--;
      }
    });
    this.#locks.set(
      name,
      own.catch(() => undefined),
    );
    await own;
  };
}

interface Tab {
  readonly library: PageLibrary;
  readonly errors: unknown[];
  traces(): readonly ListedTrace[];
  state(): FeedingState;
  until(holds: () => boolean): Promise<void>;
  connect(host: Host): Promise<HostStatus>;
  close(): void;
}

function openTab(browser: Browser): Tab {
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  const errors: unknown[] = [];
  const list = new ColumnsList(wake);
  const library = new PageLibrary({
    list,
    indexedDB: browser.indexedDB,
    IDBKeyRange,
    withLock: browser.withLock,
    onState: wake,
    onError: (error) => errors.push(error),
  });
  let line: HostLine | undefined;
  const close = (): void => {
    line?.close();
    library.disconnect();
    library.library?.dexie.close();
  };
  onTestFinished(close);
  return {
    library,
    errors,
    close,
    traces: () => {
      const { columns } = list;
      return [...columns.allIds()].sort().map((id) => columns.read(columns.rowOf(id) ?? -1));
    },
    state: () => library.state,
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    connect: (host) =>
      new Promise((resolve) => {
        line = new HostLine({
          openPort: async () => {
            const socket = new WebSocket(socketUrl(host));
            await new Promise((opened, failed) => socket.once('open', opened).once('error', failed));
            return makeWebSocketPort(socket);
          },
          token: host.token,
          onOpen: (connection, status) => {
            void library.connect(connection, status.journalId);
            resolve(status);
          },
          onLost: () => {
            library.disconnect();
          },
          onRefused: () => undefined,
          onAvailable: (payload) => {
            library.signal(payload);
          },
          onPush: (payload) => {
            library.takePush(payload);
          },
          onFound: () => undefined,
          onPrices: () => undefined,
        });
        line.open();
      }),
  };
}

const span = (traceId: string, spanId: string, more: object = {}): object => ({
  object: 'trace.span',
  id: spanId,
  trace_id: traceId,
  parent_id: null,
  started_at: '2026-06-01T00:00:00.000Z',
  ended_at: '2026-06-01T00:00:01.000Z',
  span_data: { type: 'agent', name: 'Worker' },
  ...more,
});

const spansOf = (tab: Tab): Record<string, number> =>
  Object.fromEntries(tab.traces().map(({ id, spans }) => [id, spans]));

/** A line to the host beside those of the tabs. */
async function ask(host: Host): Promise<Connection> {
  const socket = new WebSocket(socketUrl(host));
  await new Promise((resolve) => socket.once('open', resolve));
  const asking = new Connection({ port: makeWebSocketPort(socket) });
  await asking.request('hello', { token: host.token });
  return asking;
}

/** Until the test ends no page of a library can be stored. */
function fillDisk(): void {
  const { put } = IDBObjectStore.prototype;
  onTestFinished(() => {
    IDBObjectStore.prototype.put = put;
  });
  IDBObjectStore.prototype.put = function (value: unknown, ...rest) {
    const isPage = typeof value === 'object' && value !== null && 'page' in value;
    if (isPage) throw new DOMException('made by the test', 'QuotaExceededError');
    return put.apply(this, [value, ...rest] as Parameters<typeof put>);
  };
}

describe('the library of a page', () => {
  it('is fed, shown without the host, and goes on from where it was', async () => {
    const host = await hostInTest();
    const browser = new Browser();
    await post(host, [span('a', '1'), span('b', '1')]);
    const first = openTab(browser);
    const { journalId } = await first.connect(host);
    await first.until(() => first.state().whole && first.traces().length === 2);
    await post(host, [span('b', '2'), { object: 'trace', id: 'c', workflow_name: 'Alone' }]);
    await first.until(() => spansOf(first)['b'] === 2 && spansOf(first)['c'] === 0);
    expect(first.errors).toEqual([]);
    first.close();

    const second = openTab(browser);
    await second.library.show(journalId);
    expect(spansOf(second)).toEqual({ a: 1, b: 2, c: 0 });
    expect(second.state()).toMatchObject({ kind: 'following', whole: true });
    await post(host, [span('a', '2')]);
    await second.connect(host);
    await second.until(() => spansOf(second)['a'] === 2);
    const state = second.state();
    expect(state.kind === 'writing' && state.pulledRows).toBe(1);
    expect(second.errors).toEqual([]);
  });

  it('is written by one page at a time; the others follow, and the next takes over', async () => {
    const host = await hostInTest();
    const browser = new Browser();
    await post(host, [span('a', '1')]);
    const tabs = [openTab(browser), openTab(browser), openTab(browser)];
    for (const tab of tabs) await tab.connect(host);
    for (let i = 2; i < 5; i++) {
      await post(host, [span('a', String(i)), span(`t${String(i)}`, '1')]);
      for (const tab of tabs) await tab.until(() => spansOf(tab)['a'] === i && tab.traces().length === i);
    }
    const writing = tabs.filter((tab) => tab.state().kind === 'writing');
    expect(writing).toHaveLength(1);
    writing[0]?.close();
    const rest = tabs.filter((tab) => tab !== writing[0]);
    await post(host, [span('a', 'last')]);
    for (const tab of rest) await tab.until(() => spansOf(tab)['a'] === 5);
    expect(rest.filter((tab) => tab.state().kind === 'writing')).toHaveLength(1);
    expect(browser.mostWriters).toBe(1);
    for (const tab of rest) expect(tab.errors).toEqual([]);
  });

  it('is another one where the host has another journal', async () => {
    const [one, other] = [await hostInTest(), await hostInTest()];
    const browser = new Browser();
    await post(one, [span('a', '1')]);
    await post(other, [span('z', '1')]);
    const first = openTab(browser);
    const { journalId } = await first.connect(one);
    await first.until(() => spansOf(first)['a'] === 1);
    first.close();
    // Painted from what was remembered, then the host says that it is not this one.
    const second = openTab(browser);
    await second.library.show(journalId);
    expect(spansOf(second)).toEqual({ a: 1 });
    await second.connect(other);
    await second.until(() => spansOf(second)['z'] === 1);
    expect(spansOf(second)).toEqual({ z: 1 });
  });

  it('is made again where it was deleted by hand', async () => {
    const host = await hostInTest();
    const browser = new Browser();
    await post(host, [span('a', '1'), span('b', '1')]);
    const tab = openTab(browser);
    await tab.connect(host);
    await tab.until(() => tab.state().whole && tab.traces().length === 2);
    const before = tab.library.library;
    const deleted = new Promise((resolve) => {
      const request = browser.indexedDB.deleteDatabase(before?.dexie.name ?? '');
      request.onsuccess = resolve;
    });
    await deleted;
    await tab.until(() => tab.library.library !== before && tab.state().whole && tab.traces().length === 2);
    await post(host, [span('c', '1')]);
    await tab.until(() => tab.traces().length === 3);
  });

  it('lives in memory where the disk has no room, and says so', async () => {
    const host = await hostInTest();
    await post(host, [span('a', '1')]);
    const tab = openTab(new Browser());
    fillDisk();
    await tab.connect(host);
    await tab.until(() => tab.state().kind === 'in-memory' && tab.state().whole);
    expect(tab.state()).toMatchObject({ reason: 'no-room' });
    expect(spansOf(tab)).toEqual({ a: 1 });
    await post(host, [span('b', '1')]);
    await tab.until(() => tab.traces().length === 2);
  });

  it('in memory lets go of what is deleted, too', async () => {
    const host = await hostInTest();
    await post(host, [span('a', '1'), span('b', '1')]);
    const tab = openTab(new Browser());
    fillDisk();
    await tab.connect(host);
    await tab.until(() => tab.state().kind === 'in-memory' && tab.traces().length === 2);
    const asking = await ask(host);
    const scope = { kind: 'traces', traceIds: ['a'] } as const;
    await asking.request('cleanup.apply', { scope, keepAway: false });
    asking.close();
    await post(host, [span('c', '1')]);
    await tab.until(() => spansOf(tab)['c'] === 1 && !('a' in spansOf(tab)));
    expect(spansOf(tab)).toEqual({ b: 1, c: 1 });
  });

  it('shows what the list of the host shows', async () => {
    const host = await hostInTest();
    const tab = openTab(new Browser());
    await tab.connect(host);
    const failed = span('f', '1', { error: { message: 'boom' } });
    await post(host, [span('a', '1'), failed, { object: 'trace', id: 'f', workflow_name: 'Desk' }]);
    await tab.until(() => tab.traces().some(({ workflowName }) => workflowName === 'Desk'));
    const asking = await ask(host);
    const { traces } = (await asking.request('library.list', {})).result;
    asking.close();
    const expected = newestFirst(traces)
      .map(listTrace)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(tab.traces()).toEqual(expected);
  });
});
