/** A page at the other end: what it may ask, and what it is told unasked. */
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { EventName } from '../../../../core/rpc/contract.ts';
import { Connection } from '../../../../core/rpc/connection.ts';
import { decodeSpanTable } from '../../../../core/model/span-table-bytes.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { call } from '../door/door-fixture.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

interface Heard {
  readonly name: EventName;
  readonly payload: unknown;
  readonly bytes: Uint8Array | undefined;
}

interface PageFixture {
  readonly host: Host;
  readonly directory: string;
  readonly page: Connection;
  /** The next event that fits, from the beginning on; each is given once. */
  hear(name: EventName, fits?: (heard: Heard) => boolean): Promise<Heard>;
  post(...items: object[]): Promise<void>;
}

async function openPage(): Promise<PageFixture> {
  const directory = await makeTemporaryDirectory();
  const dataDirectory = join(directory, 'data');
  const start = await startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
  if (start.kind !== 'started') throw new Error('the directory is new');
  const { host } = start;
  onTestFinished(() => host.close());
  const socket = new WebSocket(`${host.ui.replace('http', 'ws')}/rpc`);
  const heard: Heard[] = [];
  let wake = (): void => undefined;
  const page = new Connection({
    port: makeWebSocketPort(socket),
    onEvent: (name, payload, bytes) => {
      heard.push({ name, payload, bytes });
      wake();
    },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  await page.request('hello', { token: host.token });
  const hear: PageFixture['hear'] = async (name, fits = () => true) => {
    for (;;) {
      const found = heard.findIndex((event) => event.name === name && fits(event));
      if (found >= 0) return heard.splice(found, 1)[0] as Heard;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const post = async (...items: object[]): Promise<void> => {
    const port = Number(new URL(host.ingest).port);
    const { status } = await call(port, { body: JSON.stringify({ data: items }) });
    expect(status).toBe(204);
  };
  return { host, directory, page, hear, post };
}

describe('a session', () => {
  it('sends the whole library first, then what changes', async () => {
    const { page, hear, post } = await openPage();
    await post(makeSpan('t1', 's1'));
    expect((await page.request('library.subscribe', {})).result).toEqual({ traces: 1 });
    expect((await hear('library.changed')).payload).toMatchObject({
      reset: true,
      complete: true,
      traces: [{ id: 't1', spans: 1 }],
    });
    await post(makeSpan('t1', 's2'), makeSpan('t2', 's3'));
    // A push of the first span, gathered before the page asked, may still come in between.
    let { payload } = await hear('library.changed');
    if (JSON.stringify(payload).includes('"spans":1') && !JSON.stringify(payload).includes('t2')) {
      ({ payload } = await hear('library.changed'));
    }
    expect(payload).toMatchObject({
      reset: false,
      traces: [
        { id: 't1', spans: 2 },
        { id: 't2', spans: 1 },
      ],
    });
  });

  it('says of an empty library that it is whole', async () => {
    const { page, hear } = await openPage();
    await page.request('library.subscribe', {});
    expect((await hear('library.changed')).payload).toEqual({ reset: true, complete: true, traces: [] });
  });

  it('opens a trace with its spans, and sends only rows that are new or changed', async () => {
    const { page, hear, post } = await openPage();
    await post(makeSpan('t', 's1'), makeSpan('t', 's2', { ended_at: null }));
    const { result, bytes } = await page.request('trace.open', { traceId: 't' });
    expect(result.summary).toMatchObject({ id: 't', spans: 2 });
    const opened = decodeSpanTable(bytes ?? new Uint8Array(0));
    expect([opened.spanId(0), opened.spanId(1)]).toEqual(['s1', 's2']);
    await post(makeSpan('t', 's2'), makeSpan('t', 's3'), makeSpan('other', 's1'));
    const changed = await hear('trace.changed');
    expect(changed.payload).toMatchObject({ traceId: 't', summary: { spans: 3 } });
    const rows = decodeSpanTable(changed.bytes ?? new Uint8Array(0));
    expect(Array.from({ length: rows.length }, (_, row) => rows.spanId(row))).toEqual(['s2', 's3']);
    await page.request('trace.close', { traceId: 't' });
  });

  it('gives the payloads of chosen spans and leaves unknown ids out', async () => {
    const { page, post } = await openPage();
    await post(makeSpan('t', 's1'));
    const { result } = await page.request('span.get', { traceId: 't', spanIds: ['s1', 'nobody'] });
    expect(result.spans).toEqual([
      { traceId: 't', spanId: 's1', record: makeSpan('t', 's1'), reports: 1, diagnostics: [] },
    ]);
  });

  it('tells the status after every change', async () => {
    const { page, hear, post, host } = await openPage();
    await post(makeSpan('t', 's1'), { object: 'trace', id: 't' });
    const { payload } = await hear('status.changed');
    expect(payload).toMatchObject({ acknowledged: 2, rejected: 0, traces: 1, spans: 1, ingest: host.ingest });
    expect(page.closed).toBe(false);
  });

  it('imports files by path and tells how far it is', async () => {
    const { page, hear, directory } = await openPage();
    const path = join(directory, 'a.jsonl');
    await writeFile(path, `${JSON.stringify(makeSpan('t', 's1'))}\n`);
    const paths = [path, join(directory, 'missing.jsonl')];
    const { result } = await page.request('import.paths', { importId: 'i1', paths });
    expect(result.files).toMatchObject([
      { path, format: 'openai-agents', traces: 1, spans: 1, skipped: 0, diagnostics: [] },
      { path: paths[1], spans: 0, diagnostics: [{ code: 'unreadable-file' }] },
    ]);
    expect((await hear('import.progress')).payload).toMatchObject({ importId: 'i1', file: path, spans: 1 });
  });

  it('fault 57: refuses parameters that are not those of the contract', async () => {
    const { page } = await openPage();
    const wrong: [Parameters<Connection['request']>[0], unknown][] = [
      ['trace.open', null],
      ['trace.open', { traceId: 7 }],
      ['span.get', { traceId: 't', spanIds: 's1' }],
      ['span.get', { traceId: 't', spanIds: Array.from({ length: 1001 }, String) }],
      ['library.list', { limit: -1 }],
      ['import.paths', { importId: 'i', paths: [{}] }],
    ];
    for (const [name, params] of wrong) {
      await expect(page.request(name, params as never), name).rejects.toMatchObject({ code: 'bad-params' });
    }
    await expect(page.request('trace.open', { traceId: '__proto__' })).rejects.toMatchObject({
      code: 'unknown-trace',
    });
  });
});
