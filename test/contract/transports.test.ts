/** One contract, two transports: a page cannot tell by what carries it. */
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeSpanTable } from '../../core/model/span-table-bytes.ts';
import { Connection, type Port } from '../../core/rpc/connection.ts';
import type { EventName } from '../../core/rpc/contract.ts';
import { startHost, type Host } from '../../electron/host/host.ts';
import { call } from '../electron/host/door/door-fixture.ts';
import { makeSpan } from '../electron/host/store-fixture.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { TRANSPORTS, type Transport } from './transports.ts';

interface Line {
  readonly host: Host;
  readonly directory: string;
  readonly port: Port;
  readonly page: Connection;
  /** Resolves with the payload of the next such event that nobody has taken yet. */
  hear(name: EventName): Promise<unknown>;
  post(...items: object[]): Promise<void>;
}

async function openLine(transport: Transport): Promise<Line> {
  const directory = await makeTemporaryDirectory();
  const dataDirectory = join(directory, 'data');
  const start = await startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
  if (start.kind !== 'started') throw new Error('the directory is new');
  const { host } = start;
  onTestFinished(() => host.close());
  const heard: { name: EventName; payload: unknown }[] = [];
  let wake = (): void => undefined;
  const port = await transport.open(host);
  const page = new Connection({
    port,
    onEvent: (name, payload) => {
      heard.push({ name, payload });
      wake();
    },
  });
  const hear: Line['hear'] = async (name) => {
    for (;;) {
      const found = heard.findIndex((event) => event.name === name);
      if (found >= 0) return heard.splice(found, 1)[0]?.payload;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const post: Line['post'] = async (...items) => {
    const body = JSON.stringify({ data: items });
    expect((await call(Number(new URL(host.ingest).port), { body })).status).toBe(204);
  };
  return { host, directory, port, page, hear, post };
}

describe.each(TRANSPORTS)('over a $name', (transport) => {
  it('refuses every request before hello', async () => {
    const { page } = await openLine(transport);
    await expect(page.request('library.list', {})).rejects.toMatchObject({ code: 'no-hello' });
  });

  it('lets in whom it should', async () => {
    const { page, host } = await openLine(transport);
    const hello = page.request('hello', { token: 'wrong' });
    if (transport.needsToken) await expect(hello).rejects.toMatchObject({ code: 'wrong-token' });
    else expect((await hello).result).toMatchObject({ ingest: host.ingest });
  });

  it('sends the library, then what changes', async () => {
    const { page, host, hear, post } = await openLine(transport);
    await post(makeSpan('t1', 's1'));
    await page.request('hello', { token: host.token });
    await page.request('library.subscribe', {});
    expect(await hear('library.changed')).toMatchObject({ reset: true, complete: true });
    await post(makeSpan('t2', 's2'));
    expect(JSON.stringify(await hear('library.changed'))).toContain('"t2"');
  });

  it('carries columns as bytes, in the order and with the borders they were sent', async () => {
    const { page, host, post } = await openLine(transport);
    await post(...Array.from({ length: 500 }, (_, i) => makeSpan('t', `s${String(i)}`)));
    await page.request('hello', { token: host.token });
    const answers = await Promise.all([1, 2, 3].map(() => page.request('trace.open', { traceId: 't' })));
    for (const { bytes } of answers) {
      expect(decodeSpanTable(bytes ?? new Uint8Array(0)).length).toBe(500);
    }
  });

  it('imports files by path and tells how far it is', async () => {
    const { page, host, hear, directory } = await openLine(transport);
    const path = join(directory, 'a.jsonl');
    await writeFile(path, `${JSON.stringify(makeSpan('t', 's1'))}\n`);
    await page.request('hello', { token: host.token });
    const { result } = await page.request('import.paths', { importId: 'i', paths: [path] });
    expect(result.files).toMatchObject([{ path, spans: 1 }]);
    expect(await hear('import.progress')).toMatchObject({ importId: 'i', file: path });
  });

  it('keeps its words whatever characters they hold', async () => {
    const { page, host, post } = await openLine(transport);
    const name = 'ü \u2028 \u{1F9EA} \u0000 "</script>';
    await post(makeSpan('t', 's', { span_data: { type: 'custom', name, data: {} } }));
    await page.request('hello', { token: host.token });
    const { result } = await page.request('span.get', { traceId: 't', spanIds: ['s'] });
    expect(result.spans[0]?.record['span_data']).toMatchObject({ name });
  });

  it.each(['not json', '{"type":"nonsense"}', 'x'.repeat(5 * 1024 * 1024)])(
    'ends on a message that is none of the contract (%#)',
    async (words) => {
      const { port } = await openLine(transport);
      const closed = new Promise<void>((resolve) => {
        port.onClose(resolve);
      });
      port.send(words);
      await closed;
    },
  );

  it('ends with the host, and rejects what is asked then', async () => {
    const { page, port, host } = await openLine(transport);
    await page.request('hello', { token: host.token });
    const closed = new Promise<void>((resolve) => {
      port.onClose(resolve);
    });
    await host.close();
    await closed;
    expect(page.closed).toBe(true);
    await expect(page.request('library.list', {})).rejects.toMatchObject({ code: 'closed' });
  });
});
