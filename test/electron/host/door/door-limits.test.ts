/** Limits of the door: who may come, how much, how slowly. */
import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { JournalUnavailableError } from '../../../../electron/host/journal/journal-unavailable.ts';
import { makeSpan, spanIdsOf } from '../store-fixture.ts';
import { call, callRaw, openTestDoor, gateThat } from './door-fixture.ts';

const body = (...items: unknown[]): string => JSON.stringify({ data: items });
const good = body(makeSpan('t', 's1'));

function head(headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return `POST /v1/traces/ingest HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`;
}

/** Sends a beginning, reads the answer and goes on sending; resolves when the door has destroyed the socket. */
function trickle(port: number, start: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    let writing: NodeJS.Timeout | undefined;
    socket.on('end', () => {
      writing = setInterval(() => socket.write(' '), 20);
    });
    // The end of the door's half leaves ours open; a write into a destroyed socket is reset.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearInterval(writing);
      resolve();
    });
    socket.resume().write(start);
  });
}

describe('limits of the door', () => {
  it('fault 15: a body over the limit is 413 before it is read, declared or not', async () => {
    const { port, store } = await openTestDoor({ limits: { bodyBytes: 10_000 } });
    // Only the head is sent: the answer comes without the body.
    const declared = await callRaw(port, head({ 'content-length': 20_000 }));
    expect(declared).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `${(6000).toString(16)}\r\n${'x'.repeat(6000)}\r\n`;
    const chunked = await callRaw(port, head({ 'transfer-encoding': 'chunked' }) + chunk + chunk);
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
    expect((await call(port, { body: good })).status).toBe(204);
    expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
  });

  it('fault 16: an endless line is 413 and takes no memory', async () => {
    const { port } = await openTestDoor();
    const before = process.memoryUsage().rss;
    const answer = await callRaw(port, head({ 'content-length': 1_073_741_824 }) + '{"data":["');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('fault 17: a gzip bomb is stopped at the limit of what it would become', async () => {
    const { port } = await openTestDoor({ limits: { bodyBytes: 1_000_000 } });
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expect(bomb.length).toBeLessThan(60_000);
    const answer = await call(port, { headers: { 'content-encoding': 'gzip' }, body: bomb });
    expect(answer.status).toBe(413);
  });

  it('gzip counts against the budget of all bodies by what it becomes', async () => {
    let waiting = 0;
    let onWaiting = (): void => undefined;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { port } = await openTestDoor({
      limits: { bodyBytes: 3_000_000, pendingBytes: 5_000_000 },
      gate: gateThat(() => {
        waiting++;
        onWaiting();
        return released;
      }),
    });
    const zipped = gzipSync(good + ' '.repeat(2_000_000));
    const headers = { 'content-encoding': 'gzip' };
    const send = (): ReturnType<typeof call> => call(port, { headers, body: zipped });
    const bothWait = new Promise<void>((resolve) => {
      onWaiting = () => {
        if (waiting === 2) resolve();
      };
    });
    const first = [send(), send()];
    await bothWait;
    expect((await send()).status).toBe(503);
    release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([204, 204]);
    expect((await send()).status).toBe(204);
  });

  it('fault 18: a length that lies is 400 or closed, and never hangs', async () => {
    const { port, store } = await openTestDoor();
    const short = head({ 'content-length': good.length + 10, 'content-type': 'application/json' }) + good;
    expect(await callRaw(port, short, true)).toMatch(/^HTTP\/1\.1 400 /);
    const long = head({ 'content-length': good.length - 10, 'content-type': 'application/json' }) + good;
    expect(await callRaw(port, long)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await callRaw(port, head({ 'content-length': 'many' }))).toMatch(/^HTTP\/1\.1 400 /);
    expect(store.library.traceCount).toBe(0);
  });

  it('fault 19: a head or a body that trickles is closed, while others are served', async () => {
    const { port } = await openTestDoor({ limits: { headersMs: 300, requestMs: 600 } });
    const slowHead = callRaw(port, 'POST /v1/traces/ingest HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ');
    const slowBody = callRaw(port, head({ 'content-length': 1000 }) + '{"data":');
    expect((await call(port, { body: good })).status).toBe(204);
    expect(await slowHead).toMatch(/^HTTP\/1\.1 408 /);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('fault 19: slow clients that never close their half are let go, with all that they held', async () => {
    const { port } = await openTestDoor({
      limits: { headersMs: 300, requestMs: 600, connections: 6, pendingBytes: 6 * good.length },
    });
    const starts = ['', 'POST /v1', head({ 'content-length': 1000 }) + good];
    await Promise.all([...starts, ...starts].map((start) => trickle(port, start)));
    expect((await call(port, { body: good })).status).toBe(204);
  });

  it('fault 19: many that announce a body and send none take nothing from the others', async () => {
    const { port } = await openTestDoor({ limits: { pendingRequests: 4, pendingBytes: 100_000 } });
    const slow = Array.from({ length: 50 }, () => connect({ host: '127.0.0.1', port }));
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    for (const socket of slow) socket.write(`${head({ 'content-length': 90_000 })}{"data":`);
    for (let i = 0; i < 5; i++) expect((await call(port, { body: good })).status).toBe(204);
    for (const socket of slow) socket.destroy();
  });

  it('refuses more items in one body than any client sends, before they cost memory', async () => {
    const { port, store } = await openTestDoor();
    const before = process.memoryUsage().rss;
    const many = `{"data":[${'1,'.repeat(2_000_000)}1]}`;
    const answer = await call(port, { body: many });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'too-many-items' } });
    const events = await call(port, { path: '/v1/events', body: '1\n'.repeat(300_000) });
    expect(events.status).toBe(413);
    expect(store.library.traceCount).toBe(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('fault 20: connections beyond the bound get 503 with retry-after, and the bound holds', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { port } = await openTestDoor({ gate: gateThat(() => held), limits: { pendingRequests: 8 } });
    const answers = Array.from({ length: 200 }, () => call(port, { body: good }));
    const settled = answers.map((answer) => answer.then(({ status }) => status));
    const refused = await Promise.all(settled.slice(8).map((status) => Promise.race([status, held])));
    expect(refused.filter((status) => status !== 503)).toEqual([]);
    release();
    const statuses = await Promise.all(settled);
    expect(statuses.filter((status) => status === 204)).toHaveLength(8);
    const last = await answers.at(-1);
    expect(last?.headers['retry-after']).toBeDefined();
  });

  it('fault 20: bytes under way are bounded, whatever their number', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const limits = { pendingBytes: good.length * 3 };
    const { port } = await openTestDoor({ gate: gateThat(() => held), limits });
    const answers = Array.from({ length: 10 }, () => call(port, { body: good }));
    const refused = await Promise.race([Promise.all(answers.slice(5)), held]);
    expect((refused ?? []).map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(3);
  });

  it('fault 21: under sustained overload every refused batch gets through when it is sent again', async () => {
    const { port, store } = await openTestDoor({ limits: { pendingRequests: 4 } });
    let refused = 0;
    const send = async (id: number): Promise<void> => {
      for (;;) {
        const { status } = await call(port, { body: body(makeSpan('t', `s${String(id)}`)) });
        if (status === 204) return;
        expect(status).toBe(503);
        refused++;
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, id) => send(id)));
    expect(store.library.findSummary('t')?.spans).toBe(40);
    expect(refused).toBeGreaterThan(0);
  });

  it('fault 28: wrong content type, method and path are 415, 405 and 404', async () => {
    const { port, store } = await openTestDoor();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/json; x=1; Charset="latin1"',
    ]) {
      expect((await call(port, { headers: { 'content-type': type }, body: good })).status, type).toBe(415);
    }
    for (const type of ['application/json; charset=UTF-8', 'Application/JSON;charset="utf8"']) {
      expect((await call(port, { headers: { 'content-type': type }, body: good })).status, type).toBe(204);
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      const answer = await call(port, { method });
      expect(answer.status, method).toBe(405);
      expect(answer.headers.allow).toBe('POST');
    }
    for (const path of ['/', '/v1', '/v1/traces/ingest/x', '/../v1/events', '//v1/events']) {
      expect((await call(port, { path, body: good })).status, path).toBe(404);
    }
    expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
  });

  it('fault 52: a Host that is not loopback is 403 before anything else', async () => {
    const { port } = await openTestDoor();
    for (const host of [
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example:4318',
      '10.0.0.1',
      // Of this machine, but of another program.
      `localhost:${String(port + 1)}`,
      '[::1]:1',
    ]) {
      expect((await call(port, { path: '/nowhere', headers: { host }, body: good })).status, host).toBe(403);
    }
    const own = String(port);
    for (const host of ['localhost', `127.0.0.1:${own}`, `[::1]:${own}`, `LOCALHOST:${own}`]) {
      expect((await call(port, { headers: { host }, body: good })).status, host).toBe(204);
    }
    const two = `POST /v1/traces/ingest HTTP/1.1\r\nhost: 127.0.0.1\r\nhost: evil.example\r\n`;
    expect(await callRaw(port, `${two}content-length: 2\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  it('fault 53: a page’s request is refused, whatever its origin, and also where it hides it', async () => {
    const { port, store } = await openTestDoor();
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:4320', 'file://']) {
      expect((await call(port, { headers: { origin }, body: good })).status, origin).toBe(403);
    }
    expect((await call(port, { headers: { 'sec-fetch-site': 'cross-site' }, body: good })).status).toBe(403);
    const many = 'a:\r\n'.repeat(2500);
    const hidden = `POST /v1/traces/ingest HTTP/1.1\r\nhost: 127.0.0.1\r\n${many}origin: https://evil.example\r\n`;
    const length = `content-length: ${String(good.length)}\r\nconnection: close\r\n\r\n`;
    expect(await callRaw(port, hidden + length + good)).toMatch(/^HTTP\/1\.1 403 /);
    expect(store.library.traceCount).toBe(0);
    // Node's own fetch says this of itself.
    expect((await call(port, { headers: { 'sec-fetch-mode': 'cors' }, body: good })).status).toBe(204);
  });

  it('lets exactly the origins in that the user allowed', async () => {
    const { port } = await openTestDoor({ origins: new Set(['http://localhost:3000']) });
    const from = async (origin: string): Promise<number> =>
      (await call(port, { headers: { origin }, body: good })).status;
    expect(await from('http://localhost:3000')).toBe(204);
    expect(await from('http://localhost:3001')).toBe(403);
  });

  it('survives clients that leave in the middle', async () => {
    const { port, bugs } = await openTestDoor();
    for (let i = 0; i < 20; i++) {
      const socket = connect({ host: '127.0.0.1', port });
      await once(socket, 'connect');
      socket.write(head({ 'content-length': good.length }) + good.slice(0, i * 10));
      socket.resetAndDestroy();
    }
    expect((await call(port, { body: good })).status).toBe(204);
    expect(bugs).toEqual([]);
  });

  it('tells its own faults from the disk’s, and asks the client to come again after both', async () => {
    const broken = new Error('a bug');
    const first = await openTestDoor({ gate: gateThat(() => Promise.reject(broken)) });
    expect((await call(first.port, { body: good })).status).toBe(503);
    expect(first.bugs).toEqual([broken]);
    const disk = new JournalUnavailableError(Object.assign(new Error('x'), { code: 'EIO' }));
    const second = await openTestDoor({ gate: gateThat(() => Promise.reject(disk)) });
    expect((await call(second.port, { body: good })).status).toBe(503);
    expect(second.bugs).toEqual([]);
  });
});
