/** Notes over the contract: kept for one page, told to every other. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Connection } from '../../../../core/rpc/connection.ts';
import { NOTE_LIMITS } from '../../../../core/model/note.ts';
import { connectToHost } from '../../../../electron/host/client/host-client.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { call } from '../door/door-fixture.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const NOTE = {
  id: 'n1',
  traceId: 't',
  spanId: 's',
  at: '2026-06-01T00:00:00Z',
  text: 'Why twice?',
  labels: ['odd'],
};

async function startWithTrace(): Promise<Host> {
  const directory = await makeTemporaryDirectory();
  const start = await startHost({
    dataDirectory: directory,
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory: directory,
  });
  if (start.kind !== 'started') throw new Error('the directory is new');
  onTestFinished(() => start.host.close());
  const port = Number(new URL(start.host.ingest).port);
  const { status } = await call(port, { body: JSON.stringify({ data: [makeSpan('t', 's')] }) });
  expect(status).toBe(204);
  return start.host;
}

/** A page, and the traces whose notes it was told have changed. */
async function openPage(host: Host): Promise<{ page: Connection; hear: () => Promise<string> }> {
  const socket = new WebSocket(`${host.ui.replace('http', 'ws')}/rpc`);
  const told: string[] = [];
  let wake = (): void => undefined;
  const page = new Connection({
    port: makeWebSocketPort(socket),
    onEvent: (name, payload) => {
      if (name === 'notes.changed') told.push((payload as { traceId: string }).traceId);
      wake();
    },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  await page.request('hello', { token: host.token });
  const hear = async (): Promise<string> => {
    for (;;) {
      const traceId = told.shift();
      if (traceId !== undefined) return traceId;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { page, hear };
}

describe('notes over the contract', () => {
  it('are kept, told to every page, changed and taken away', async () => {
    const host = await startWithTrace();
    const one = await openPage(host);
    const other = await openPage(host);
    expect((await one.page.request('notes.put', { note: NOTE })).result.note).toEqual(NOTE);
    expect([await one.hear(), await other.hear()]).toEqual(['t', 't']);
    expect((await other.page.request('notes.list', { traceId: 't' })).result.notes).toEqual([NOTE]);
    const changed = { ...NOTE, text: 'Because.' };
    await other.page.request('notes.put', { note: changed });
    await one.hear();
    expect((await one.page.request('notes.list', { traceId: 't' })).result.notes).toEqual([changed]);
    const client = await connectToHost({ ui: host.ui, token: host.token });
    expect(await client.readNotes('t')).toEqual([changed]);
    await client.close();
    await one.page.request('notes.delete', { traceId: 't', id: 'n1' });
    await one.page.request('notes.delete', { traceId: 't', id: 'n1' });
    expect((await other.page.request('notes.list', { traceId: 't' })).result.notes).toEqual([]);
  });

  it('are refused where they are no notes, too large, too many, or of no trace', async () => {
    const host = await startWithTrace();
    const { page } = await openPage(host);
    const put = async (change: object): Promise<string> =>
      page.request('notes.put', { note: { ...NOTE, ...change } }).then(
        () => 'kept',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await put({ text: '', labels: [] })).toBe('bad-note');
    expect(await put({ text: 'x'.repeat(NOTE_LIMITS.textLetters + 1) })).toBe('bad-note');
    expect(await put({ traceId: 'nobody' })).toBe('unknown-trace');
    const ids = Array.from({ length: NOTE_LIMITS.notes }, (_, i) => `n${String(i)}`);
    expect(new Set(await Promise.all(ids.map((id) => put({ id }))))).toEqual(new Set(['kept']));
    expect(await put({ id: 'one more' })).toBe('too-many-notes');
    expect(await put({ id: 'n7', text: 'in place of another' })).toBe('kept');
    expect((await page.request('notes.list', { traceId: 'nobody' })).result.notes).toEqual([]);
  });
});
