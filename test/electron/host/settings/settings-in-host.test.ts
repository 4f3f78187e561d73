/** Settings as they act: ports of the next start, origins of the door at once, every page told. */
import { createServer } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Connection } from '../../../../core/rpc/connection.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { call, type Answer } from '../door/door-fixture.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function startWith(file: object, flags: { ingestPort?: number } = { ingestPort: 0 }): Promise<Host> {
  const dataDirectory = await makeTemporaryDirectory();
  await writeFile(join(dataDirectory, 'settings.json'), JSON.stringify(file));
  const start = await startHost({ dataDirectory, uiPort: 0, rendererDirectory: dataDirectory, ...flags });
  if (start.kind !== 'started') throw new Error('the directory is new');
  onTestFinished(() => start.host.close());
  return start.host;
}

async function openPage(host: Host): Promise<{ page: Connection; told: unknown[] }> {
  const socket = new WebSocket(`${host.ui.replace('http', 'ws')}/rpc`);
  const told: unknown[] = [];
  const page = new Connection({
    port: makeWebSocketPort(socket),
    onEvent: (name, payload) => name === 'settings.changed' && told.push(payload),
  });
  await new Promise((resolve) => socket.once('open', resolve));
  await page.request('hello', { token: host.token });
  return { page, told };
}

const ORIGIN = 'http://localhost:5173';

function postFrom(host: Host, origin: string): Promise<Answer> {
  return call(Number(new URL(host.ingest).port), {
    headers: { origin, 'sec-fetch-site': 'same-site' },
    body: JSON.stringify({ data: [makeSpan('t', 's')] }),
  });
}

function ask(host: Host, origin: string): Promise<Answer> {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type, authorization',
    'access-control-request-private-network': 'true',
  };
  return call(Number(new URL(host.ingest).port), { method: 'OPTIONS', headers });
}

it('lets a page in from the moment its origin is on the list, to the letter, and no longer', async () => {
  const host = await startWith({});
  const { page } = await openPage(host);
  expect((await postFrom(host, ORIGIN)).status).toBe(403);
  const refused = await ask(host, ORIGIN);
  expect(refused.status).toBe(403);
  expect(refused.headers['access-control-allow-origin']).toBeUndefined();

  await page.request('settings.set', { allowedOrigins: [ORIGIN] });
  const yes = await ask(host, ORIGIN);
  expect(yes.status).toBe(204);
  expect(yes.headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type, authorization',
    'access-control-allow-private-network': 'true',
    vary: 'origin',
  });
  const posted = await postFrom(host, ORIGIN);
  expect([posted.status, posted.headers['access-control-allow-origin']]).toEqual([204, ORIGIN]);
  for (const other of [`${ORIGIN}0`, 'http://127.0.0.1:5173', 'null', 'HTTP://LOCALHOST:5173']) {
    expect((await postFrom(host, other)).status).toBe(403);
    expect((await ask(host, other)).headers['access-control-allow-origin']).toBeUndefined();
  }

  await page.request('settings.set', { allowedOrigins: [] });
  expect((await postFrom(host, ORIGIN)).status).toBe(403);
});

it('tells every page of a change, and refuses one that cannot be', async () => {
  const host = await startWith({});
  const one = await openPage(host);
  const two = await openPage(host);
  const { result } = await one.page.request('settings.set', { theme: 'dark' });
  expect(result.settings.theme).toBe('dark');
  await two.page.request('settings.get', {});
  expect(two.told).toMatchObject([{ settings: { theme: 'dark' } }]);
  await expect(one.page.request('settings.set', { timeZone: 'Nowhere' })).rejects.toMatchObject({
    code: 'bad-settings',
  });
});

it('starts beside a port that is taken, and says so; a flag comes before the file', async () => {
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void stranger.close());
  const address = stranger.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const host = await startWith({ ingestPort: taken }, {});
  expect(host.ingest).not.toContain(String(taken));
  expect(host.notices).toEqual([expect.stringContaining(`Port ${String(taken)} is taken`)]);
  const flagged = await startWith({ ingestPort: taken });
  expect(flagged.notices).toEqual([]);
});
