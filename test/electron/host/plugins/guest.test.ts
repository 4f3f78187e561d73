import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Guest } from '../../../../electron/host/plugins/guest.ts';
import type { GuestAnswer } from '../../../../electron/host/plugins/thread-words.ts';
import { guestSource, MAP_REQUEST } from './guest-source.ts';

const MEMORY_MB = 32;
const now = (): number => performance.now();

async function runMap(
  mapBody: string,
  options: { around?: string; deadlineMs?: number } = {},
): Promise<GuestAnswer> {
  const guest = await Guest.open(MEMORY_MB, now);
  const loaded = guest.load(guestSource(mapBody, options.around), 1000);
  if (loaded.kind === 'fault') return loaded;
  return guest.call(MAP_REQUEST, options.deadlineMs ?? 1000);
}

async function faultOf(mapBody: string, deadlineMs?: number): Promise<string> {
  const answer = await runMap(mapBody, deadlineMs === undefined ? {} : { deadlineMs });
  return answer.kind === 'fault' ? answer.fault : `no fault: ${answer.json.slice(0, 100)}`;
}

describe('the guest', () => {
  it('answers with JSON and brings its logs', async () => {
    const answer = await runMap('console.log("saw", trace.spans.length); return trace.spans[0].durationMs;');
    expect(answer).toEqual({ kind: 'value', json: '4', logs: ['saw 1'] });
  });

  it('has no clock and no randomness', async () => {
    const answer = await runMap(
      'return [typeof Date, typeof Math.random, typeof performance, typeof setTimeout];',
    );
    expect(answer).toMatchObject({ json: JSON.stringify(Array(4).fill('undefined')) });
  });

  it('names plugin, field and line where something undeclared is read, even where the error is swallowed', async () => {
    const words =
      'local.test read span.name, but "reads" in plugin.json (line 7) lists timing. Add "names" there, or stop reading it.';
    expect(await faultOf('return trace.spans[0].name;')).toContain(words);
    expect(await faultOf('try { return trace.spans[0].name; } catch { return 1; }')).toContain(words);
    expect(await faultOf('return trace.workflowName;')).toContain('trace.workflowName');
  });

  it("tells errors with the lines of the author's file", async () => {
    expect(await faultOf('\nthrow new Error("no");')).toMatch(/^no\n {4}at map \(plugin\.ts:4:\d+\)$/);
    const loaded = await runMap('return 1;', { around: '\n\nthrow new Error("early");' });
    expect(loaded).toMatchObject({ kind: 'fault', fault: expect.stringContaining('plugin.ts:3:') as string });
  });

  it('goes on after a fault of a call', async () => {
    const guest = await Guest.open(MEMORY_MB, now);
    guest.load(guestSource('if (trace.id === "u") for (;;); return 1;'), 1000);
    expect(guest.call(MAP_REQUEST.replace('"t"', '"u"'), 50)).toMatchObject({ kind: 'fault' });
    expect(guest.call(MAP_REQUEST, 1000)).toMatchObject({ kind: 'value', json: '1' });
  });
});

describe('faults of a plugin', () => {
  it.each([
    ['an infinite loop', 'for (;;);'],
    ['a loop that catches everything', 'for (;;) { try { for (;;); } catch {} finally { continue; } }'],
    ['a regular expression that explodes', 'return /^(a+)+$/.test("a".repeat(40) + "b");'],
    ['a toJSON that never ends', 'return { toJSON() { for (;;); } };'],
    ['an error whose message never ends', 'throw { get message() { for (;;); } };'],
  ])('fault 59: %s is stopped at its deadline', async (_name, body) => {
    const guest = await Guest.open(MEMORY_MB, now);
    guest.load(guestSource(body), 1000);
    const started = now();
    expect(guest.call(MAP_REQUEST, 200)).toMatchObject({ fault: 'It ran into its deadline of 200 ms.' });
    expect(now() - started).toBeLessThan(5000);
  });

  it('fault 59: evaluating the source has the deadline too', async () => {
    const guest = await Guest.open(MEMORY_MB, now);
    const loaded = guest.load(guestSource('return 1;', 'for (;;);'), 100);
    expect(loaded).toMatchObject({ fault: 'It ran into its deadline of 100 ms.' });
  });

  it('fault 59: a promise is waited for, one that never settles is a fault, and a loop of them ends', async () => {
    expect(await runMap('return Promise.resolve(trace.spans.length);')).toMatchObject({ json: '1' });
    expect(await runMap('return (async () => { await 1; return await trace.id; })();')).toMatchObject({
      json: '"t"',
    });
    expect(await faultOf('return (async () => { await 1; throw new Error("no"); })();')).toMatch(/^no\n/);
    expect(await faultOf('return new Promise(() => {});')).toContain('a promise that never settles');
    const loop = 'const f = async () => { for (;;) await 1; }; f(); return 4;';
    expect(await faultOf(loop, 200)).toBe('It ran into its deadline of 200 ms.');
  });

  it.each([
    ['heap', 'const list = []; for (;;) list.push({ a: list.length });'],
    ['string', 'const list = []; for (;;) list.push("x".repeat(1e6) + list.length);'],
    ['typed array', 'const list = []; for (;;) list.push(new Uint8Array(1e6));'],
  ])('fault 60: a %s bomb takes no more than its memory and 64 MB', async (_name, body) => {
    const before = process.memoryUsage().rss;
    expect(await faultOf(body, 10_000)).toContain(`It ran out of its ${MEMORY_MB} MB of memory.`);
    expect(process.memoryUsage().rss - before).toBeLessThan((MEMORY_MB + 64) * 1024 * 1024);
  });

  it('fault 61: an answer that is too large is refused with its size, or where its memory ends', async () => {
    expect(await faultOf('return "x".repeat(3e6);')).toBe('It answered with 3.0 MB, and 1.0 MB are allowed.');
    expect(await faultOf('return Array.from({ length: 1e6 }, () => [1]);', 10_000)).toMatch(
      /answered with|ran out/,
    );
    expect(await faultOf('return "x".repeat(5e8);')).toContain(`ran out of its ${MEMORY_MB} MB`);
    expect(await faultOf('const a = {}; a.a = a; return a;')).toContain('circular reference');
    expect(await faultOf('const f = (n) => f(n + 1) + 1; return f(0);')).toContain('stack overflow');
  });
});

/** What a program would reach the world with. Each gives 'out' where it got something. */
const PROBES: readonly (readonly [name: string, body: string])[] = [
  ['fetch', 'return typeof fetch'],
  ['XMLHttpRequest', 'return typeof XMLHttpRequest'],
  ['WebSocket', 'return typeof WebSocket'],
  [
    'import of a file system',
    'globalThis.z = undefined; import("node:fs").then((fs) => { globalThis.z = fs; }); return typeof z',
  ],
  [
    'import of the network',
    'globalThis.z = undefined; import("http://127.0.0.1:PORT/").then((m) => { globalThis.z = m; }); return typeof z',
  ],
  ['require', 'try { require("node:fs"); return "out"; } catch { return "undefined"; }'],
  ['getBuiltinModule', 'return typeof globalThis.process?.getBuiltinModule'],
  ['the environment', 'return typeof globalThis.process?.env'],
  ['a socket', 'try { require("net"); return "out"; } catch { return "undefined"; }'],
  ['a child process', 'try { require("child_process"); return "out"; } catch { return "undefined"; }'],
  ['a written file', 'return typeof globalThis.process?.binding'],
  ['process.exit', 'return typeof globalThis.process?.exit'],
  ['the Function constructor', 'return typeof Function("return this")().process'],
  ['indirect eval', 'return typeof (0, eval)("this").process'],
  [
    'the constructor of an async function',
    'return typeof (async () => 1).constructor("return process")().process',
  ],
  [
    'prototypes that the host might share',
    'Object.prototype.escaped = 1; Array.prototype.escaped = 1; return "undefined"',
  ],
  ['SharedArrayBuffer', 'return typeof SharedArrayBuffer'],
  ['IndexedDB', 'return typeof indexedDB'],
  ['a DOM', 'return typeof document'],
  ['caches', 'return typeof caches'],
  ['a BroadcastChannel', 'return typeof BroadcastChannel'],
  [
    'a worker, or WebRTC',
    'return [typeof Worker, typeof RTCPeerConnection].find((each) => each !== "undefined") ?? "undefined"',
  ],
];

describe('what a plugin lets all objects inherit', () => {
  it('is no answer, and no request', async () => {
    const words = 'Object.prototype.json = "{"; Object.prototype.waiting = "null"; throw new Error("no");';
    expect(await faultOf(words)).toMatch(/^no\n/);
    expect(
      await runMap('Object.prototype.waiting = "null"; Object.prototype.json = "{"; return 1;'),
    ).toMatchObject({
      kind: 'value',
      json: '1',
    });
  });

  it('makes no log of any length', async () => {
    const answer = await runMap(
      `String.prototype.slice = () => 'x'.repeat(1e5); Array.prototype.toJSON = () => Array(1);
       Array.prototype.toJSON = undefined; console.log('a'); return 1;`,
    );
    expect(answer.logs.every((line) => line.length <= 500)).toBe(true);
  });

  it('asks for no more than an answer may hold', async () => {
    const around = 'const { request } = require("tracebench/plugin");';
    const body = 'return request("https://api.example.org", { method: "POST", body: "x".repeat(2e6) });';
    const answer = await runMap(body, { around });
    expect(answer).toMatchObject({
      kind: 'fault',
      fault: expect.stringMatching(/^It asked with .* are allowed\.$/) as string,
    });
  });
});

describe('fault 62: the 22 ways out', () => {
  it.each(PROBES)('%s leads nowhere', async (_name, body) => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const answer = await runMap(`${body.replace('PORT', String(port))};`);
    expect(answer).toMatchObject({ kind: 'value', json: '"undefined"' });
    expect(requests).toBe(0);
    expect('escaped' in {}).toBe(false);
  });

  it('are 22', () => {
    expect(PROBES).toHaveLength(22);
  });
});
