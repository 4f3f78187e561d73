/** The page's server: files under a strict policy, the socket and the import only for who may. */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectToHost } from '../../../../electron/host/client/host-client.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { call, callRaw, type Answer, type Call } from '../door/door-fixture.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { onTestFinished } from 'vitest';

async function startTestHost(): Promise<Host & { readonly port: number; ask(of: Call): Promise<Answer> }> {
  const directory = await makeTemporaryDirectory();
  const rendererDirectory = join(directory, 'page');
  await mkdir(join(rendererDirectory, 'assets'), { recursive: true });
  await writeFile(join(rendererDirectory, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(rendererDirectory, 'assets', 'a-1234.js'), 'export {};');
  const start = await startHost({
    dataDirectory: join(directory, 'data'),
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory,
  });
  if (start.kind !== 'started') throw new Error('the directory is new');
  const { host } = start;
  onTestFinished(() => host.close());
  const port = Number(new URL(host.ui).port);
  return { ...host, port, ask: (of) => call(port, { method: 'GET', path: '/', ...of }) };
}

/** Whether a WebSocket opens, or the status that refused it. */
function tryUpgrade(url: string, options: object): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, options);
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_, response) => {
      socket.terminate();
      resolve(String(response.statusCode));
    });
    socket.once('error', () => undefined);
  });
}

function connectTo(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

describe('the page’s server', () => {
  it('serves the page and nothing beside it', async () => {
    const { ask } = await startTestHost();
    const page = await ask({});
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>page') as string });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await ask({ path: '/assets/a-1234.js' })).headers['cache-control']).toContain('immutable');
    for (const path of [
      '/../data/host.json',
      '/%2e%2e/data/host.json',
      '/assets/',
      '/host.json',
      '//etc/hosts',
    ]) {
      expect((await ask({ path })).status, path).toBe(404);
    }
    expect((await ask({ method: 'POST' })).status).toBe(405);
  });

  it('lets the page reach nothing but its own host', async () => {
    const { ask } = await startTestHost();
    const { headers } = await ask({});
    expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    // Blobs are what the page itself made of a trace's own bytes; nothing of a script or a request is one.
    const policy = String(headers['content-security-policy']).replace(/(img|media)-src 'self' blob:/g, '');
    expect(policy).not.toMatch(/unsafe|https?:|data:|blob:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('fault 52: refuses a Host that is not loopback, on requests and on the upgrade', async () => {
    const { ask, port, ui } = await startTestHost();
    expect((await ask({ headers: { host: 'evil.example' } })).status).toBe(403);
    const url = `${ui.replace('http', 'ws')}/rpc`;
    expect(await tryUpgrade(url, { headers: { host: 'evil.example' } })).toBe('403');
    expect(
      await callRaw(port, 'GET /rpc HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  it('fault 54: refuses a WebSocket from a foreign origin, and takes the page’s own', async () => {
    const { ui } = await startTestHost();
    const url = `${ui.replace('http', 'ws')}/rpc`;
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${ui}.evil.example`]) {
      expect(await tryUpgrade(url, { origin }), origin).toBe('403');
    }
    expect(await tryUpgrade(url, { origin: ui })).toBe('open');
    expect(await tryUpgrade(url, {})).toBe('open');
    expect(await tryUpgrade(`${ui.replace('http', 'ws')}/other`, {})).toBe('404');
  });

  it('takes no more connections than any user has pages', async () => {
    const { ui } = await startTestHost();
    const url = `${ui.replace('http', 'ws')}/rpc`;
    const open = Array.from({ length: 128 }, () => new WebSocket(url));
    await Promise.all(open.map((socket) => once(socket, 'open')));
    expect(await tryUpgrade(url, {})).toBe('503');
    const [first] = open;
    first?.close();
    if (first !== undefined) await once(first, 'close');
    expect(await tryUpgrade(url, {})).toBe('open');
    for (const socket of open) socket.terminate();
  });

  it('fault 54: looks for the origin behind any number of headers', async () => {
    const { port } = await startTestHost();
    const many = 'a:\r\n'.repeat(2500);
    const start = `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n`;
    expect(await callRaw(port, `${start}${many}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    const hidden = `${start}${many}origin: https://evil.example\r\n\r\n`;
    expect(await callRaw(port, hidden)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('fault 55: listens on loopback alone', async () => {
    const { ui, ingest } = await startTestHost();
    const outside = Object.values(networkInterfaces()).flatMap((of) => of ?? []);
    const addresses = outside.filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const url of [ui, ingest]) {
      const { hostname, port } = new URL(url);
      expect(hostname).toBe('127.0.0.1');
      for (const { address } of addresses) {
        await expect(connectTo(address, Number(port)), address).rejects.toThrow('ECONNREFUSED');
      }
    }
  });

  it('answers nothing before a right token, and ends the connection after a wrong one', async () => {
    const { ui, token } = await startTestHost();
    await expect(connectToHost({ ui, token: `${token}x` })).rejects.toMatchObject({ code: 'wrong-token' });
    const socket = new WebSocket(`${ui.replace('http', 'ws')}/rpc`);
    const answer = await new Promise<string>((resolve) => {
      socket.once('open', () => {
        socket.send('{"type":"request","id":1,"name":"library.list","params":{}}');
      });
      socket.once('message', (data: Buffer) => {
        resolve(data.toString());
      });
    });
    socket.terminate();
    expect(JSON.parse(answer)).toMatchObject({ type: 'error', code: 'no-hello' });
  });

  it('imports what is posted with the token, and reports on it', async () => {
    const host = await startTestHost();
    const body = `${JSON.stringify(makeSpan('t', 's1'))}\n{"cut\n`;
    const post = (headers: Readonly<Record<string, string>>): Promise<Answer> =>
      host.ask({ method: 'POST', path: '/import?name=drop%20me.jsonl', headers, body });
    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: 'Bearer wrong' })).status).toBe(401);
    const authorization = `Bearer ${host.token}`;
    expect((await post({ authorization, origin: 'https://evil.example' })).status).toBe(403);
    const answer = await post({ authorization, origin: host.ui });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      path: 'drop me.jsonl',
      format: 'openai-agents',
      traces: 1,
      spans: 1,
      skipped: 1,
      diagnostics: [{ code: 'broken-record', line: 2 }],
    });
    const client = await connectToHost(host);
    expect(await client.list(10)).toMatchObject([{ id: 't', origins: ['drop me.jsonl'] }]);
    await client.close();
  });
});
