/** How a command line finds a host, and what it says where none answers. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Json } from '../../../../core/model/json.ts';
import { encodeSpanTable } from '../../../../core/model/span-table-bytes.ts';
import { SpanTable } from '../../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { Connection, RpcError, type RequestListeners } from '../../../../core/rpc/connection.ts';
import type { HostStatus } from '../../../../core/rpc/contract.ts';
import { startHost } from '../../../../electron/host/host.ts';
import { readStrings } from '../../../../electron/host/rpc-server/read-params.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { listenOn } from '../../../../electron/host/listen.ts';
import { connectToHost, type HostClient } from '../../../../electron/host/client/host-client.ts';
import { readHostUrl } from '../../../../electron/host/client/read-host-url.ts';
import { HostUnreachableError } from '../../../../electron/host/client/host-unreachable.ts';
import { BadHostUrlError, findRunningHost } from '../../../../electron/host/client/open-trace-source.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

describe('finding a host', () => {
  it('reads the address that serve prints', () => {
    expect(readHostUrl('http://127.0.0.1:4320/#t=abc')).toEqual({
      ui: 'http://127.0.0.1:4320',
      token: 'abc',
    });
    for (const text of ['', 'localhost', 'http://127.0.0.1:4320', 'http://127.0.0.1:4320/#x=1']) {
      expect(readHostUrl(text), text).toBeUndefined();
    }
  });

  it('takes TRACEBENCH_URL before the data directory, and refuses one without a token', async () => {
    const directory = await makeTemporaryDirectory();
    await expect(findRunningHost(directory, 'http://127.0.0.1:4320', 'toRead')).rejects.toThrow(
      BadHostUrlError,
    );
    await expect(findRunningHost(directory, 'http://127.0.0.1:1/#t=x', 'toRead')).rejects.toThrow(
      HostUnreachableError,
    );
    expect(await findRunningHost(directory, undefined, 'toRead')).toBeUndefined();
  });

  it('gives a host up that is stopped: it takes connections and says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    for (const afterUpgrade of [false, true]) {
      const server = createServer();
      const sockets = new WebSocketServer({ noServer: true });
      const reached = new Promise<void>((resolve) => {
        if (!afterUpgrade) server.on('upgrade', () => resolve());
        else {
          server.on('upgrade', (request, socket, head) => {
            sockets.handleUpgrade(request, socket, head, (webSocket) =>
              webSocket.on('message', () => resolve()),
            );
          });
        }
      });
      const port = await listenOn(server, 0);
      const ui = `http://127.0.0.1:${String(port)}`;
      const outcome = connectToHost({ ui, token: 'x' }).then(
        () => undefined,
        (error: unknown) => error,
      );
      await reached;
      vi.advanceTimersByTime(5000);
      expect(await outcome).toBeInstanceOf(HostUnreachableError);
      server.close();
      server.closeAllConnections();
    }
  });

  it('says that nobody answers', async () => {
    await expect(connectToHost({ ui: 'http://127.0.0.1:1', token: 'x' })).rejects.toThrow(
      'No Tracebench answers at http://127.0.0.1:1.',
    );
  });
});

/** A host that answers as the test says, and a client of it. */
async function openClient(answers: Partial<RequestListeners>): Promise<HostClient> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const refuse = (): Promise<never> =>
    Promise.reject(new RpcError('unknown', 'The test does not answer this.'));
  sockets.on('connection', (socket) => {
    new Connection({
      port: makeWebSocketPort(socket),
      answers: {
        hello: () => Promise.resolve({ result: STATUS }),
        'library.subscribe': refuse,
        'library.list': refuse,
        'trace.open': refuse,
        'trace.close': () => Promise.resolve({ result: {} }),
        'span.get': refuse,
        'import.paths': refuse,
        'import.cancel': refuse,
        ...answers,
      },
    });
  });
  const port = await listenOn(server, 0);
  const client = await connectToHost({ ui: `http://127.0.0.1:${String(port)}`, token: 'x' });
  onTestFinished(async () => {
    await client.close();
    sockets.close();
    server.close();
  });
  return client;
}

const STATUS: HostStatus = {
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

describe('a client of a host', () => {
  it('takes a trace of more than 100 MiB', async () => {
    const columns = encodeSpanTable(new SpanTable());
    const bytes = new Uint8Array(101 * 1024 * 1024);
    bytes.set(columns);
    const summary = { id: 't' } as TraceSummary;
    const result = { summary, clockOffsetUs: 0, diagnostics: [] };
    const client = await openClient({ 'trace.open': () => Promise.resolve({ result, bytes }) });
    expect((await client.findTrace('t'))?.summary.id).toBe('t');
  });

  it('asks again for the spans that an answer had no room for', async () => {
    const asked: Json[] = [];
    const client = await openClient({
      'span.get': (params) => {
        asked.push(params);
        const [spanId = '', ...rest] = readStrings(params, 'spanIds', 10);
        const detail = { traceId: 't', spanId, record: {}, reports: 1, diagnostics: [] };
        return Promise.resolve({ result: { spans: [detail], rest } });
      },
    });
    const spans = await client.readSpans('t', ['a', 'b', 'c']);
    expect(spans.map(({ spanId }) => spanId)).toEqual(['a', 'b', 'c']);
    expect(asked).toHaveLength(3);
  });

  it('tells the progress of its own import, not that of anybody else', async () => {
    const directory = await makeTemporaryDirectory();
    const dataDirectory = join(directory, 'data');
    const start = await startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
    if (start.kind !== 'started') throw new Error('the directory is new');
    const paths = [join(directory, 'one.jsonl'), join(directory, 'two.jsonl')];
    for (const path of paths) await writeFile(path, `${JSON.stringify(makeSpan('t', 's'))}\n`);
    const told: string[] = [];
    const curious = await connectToHost(start.host, ({ file }) => told.push(file));
    const other = await connectToHost(start.host);
    onTestFinished(async () => {
      await Promise.all([curious.close(), other.close()]);
      await start.host.close();
    });
    await other.importPaths([paths[0] ?? '']);
    await curious.importPaths([paths[1] ?? '']);
    expect(new Set(told)).toEqual(new Set([paths[1]]));
  });
});
