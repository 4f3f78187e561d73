import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventSender, type EventSenderOptions } from '../../../clients/workbench/event-sender.ts';
import { nodePlatform } from '../../../clients/workbench/node-platform.ts';
import type { ClientPlatform, ExitTask, PostAnswer } from '../../../clients/workbench/platform.ts';
import type { TraceEvent } from '../../../clients/workbench/trace-event.ts';

const event = (item: unknown): TraceEvent => ({ event: 'on_span_end', at: '2026-01-01T00:00:00Z', item });
const itemsOf = (body: string): unknown[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { item: unknown }).item);

/** A door that answers what it is told, an empty body with `asked`, and the process's end at hand. */
function fakeDoor(answers: (number | Partial<PostAnswer> | 'down')[], asked = 204) {
  const bodies: string[] = [];
  const questions: string[] = [];
  const tasks = new Set<ExitTask>();
  const platform: ClientPlatform = {
    findDoor: () => Promise.resolve('http://door'),
    post: ({ body, url }) => {
      if (body === '' && answers[0] !== 'down') {
        questions.push(url);
        return Promise.resolve({ status: asked, retryAfterMs: undefined, shouldRetry: undefined });
      }
      bodies.push(body);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === undefined || answer === 'down') return Promise.reject(new Error('refused'));
      const given = typeof answer === 'number' ? { status: answer } : answer;
      return Promise.resolve({ status: 204, retryAfterMs: undefined, shouldRetry: undefined, ...given });
    },
    onExit: (task) => {
      tasks.add(task);
      return () => tasks.delete(task);
    },
  };
  return { platform, bodies, questions, tasks };
}

const notices: string[] = [];
const make = (platform: ClientPlatform, options: Partial<EventSenderOptions> = {}): EventSender =>
  new EventSender({ platform, random: () => 0, onNotice: (line) => notices.push(line), ...options });

beforeEach(() => {
  notices.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('EventSender', () => {
  it('sends what came together in one body, in order, and flushes after the 2xx', async () => {
    const { platform, bodies } = fakeDoor([204]);
    const sender = make(platform);
    for (let i = 0; i < 5; i++) sender.send(event(i));
    expect(await sender.forceFlush()).toBe(true);
    expect(bodies.map(itemsOf)).toEqual([[0, 1, 2, 3, 4]]);
    expect(sender.counts).toEqual({ sent: 5, spilled: 0, dropped: 0, waiting: 0 });
  });

  it('sends by itself after a short wait', async () => {
    const { platform, bodies } = fakeDoor([204]);
    make(platform).send(event(1));
    await vi.advanceTimersByTimeAsync(199);
    expect(bodies).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(bodies).toHaveLength(1);
  });

  it('reads an item when it is given, not when it is sent', async () => {
    const { platform, bodies } = fakeDoor([204]);
    const sender = make(platform);
    const item = { output: 'first' };
    sender.send(event(item));
    item.output = 'changed';
    await sender.forceFlush();
    expect(bodies.flatMap(itemsOf)).toEqual([{ output: 'first' }]);
  });

  it('tries again after 1 s and 2 s, or when the server says', async () => {
    const { platform, bodies } = fakeDoor([503, { status: 503, retryAfterMs: 4000 }, 204]);
    const sender = make(platform);
    sender.send(event(1));
    const flushed = sender.forceFlush();
    await vi.advanceTimersByTimeAsync(999);
    expect(bodies).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(bodies).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(bodies).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await flushed).toBe(true);
    expect(bodies).toHaveLength(3);
  });

  it.each([400, { status: 503, shouldRetry: false }])(
    'gives up at once what is refused with %j',
    async (answer) => {
      const { platform, bodies } = fakeDoor([answer]);
      const sender = make(platform);
      sender.send(event(1));
      expect(await sender.forceFlush()).toBe(false);
      expect(bodies).toHaveLength(1);
      expect(sender.counts.dropped).toBe(1);
      expect(notices).toHaveLength(1);
    },
  );

  it.each([200, 301, 404, 405, 500])(
    'tells a stranger who answers a question with %j not a word, and keeps the events',
    async (asked) => {
      const kept: string[] = [];
      const { platform, bodies, questions } = fakeDoor([204], asked);
      const sender = make(platform, { spill: { keep: (lines) => kept.push(...lines) > 0 } });
      sender.send(event(1));
      expect(await sender.forceFlush()).toBe(false);
      expect(questions).toEqual(['http://door/v1/events']);
      expect(bodies).toEqual([]);
      expect(kept.flatMap(itemsOf)).toEqual([1]);
      expect(sender.counts).toEqual({ sent: 0, spilled: 1, dropped: 0, waiting: 0 });
      expect(notices).toEqual([expect.stringContaining('does not answer at http://door')]);
    },
  );

  it.each([301, 403, 404, 415])(
    'loses nothing to a stranger who took the port meanwhile and answers %j',
    async (status) => {
      const kept: string[] = [];
      const { platform, questions } = fakeDoor([204, status]);
      const sender = make(platform, { spill: { keep: (lines) => kept.push(...lines) > 0 } });
      sender.send(event(1));
      expect(await sender.forceFlush()).toBe(true);
      sender.send(event(2));
      expect(await sender.forceFlush()).toBe(false);
      expect(kept.flatMap(itemsOf)).toEqual([2]);
      expect(questions).toHaveLength(1);
      sender.send(event(3));
      await sender.forceFlush();
      expect(questions).toHaveLength(2);
    },
  );

  it('asks once while it is answered, and again after a pause', async () => {
    const { platform, bodies, questions } = fakeDoor([204]);
    const sender = make(platform);
    for (let i = 0; i < 4; i++) {
      sender.send(event(i));
      await sender.forceFlush();
      vi.advanceTimersByTime(4000);
    }
    expect(questions).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    sender.send(event(4));
    await sender.forceFlush();
    expect(questions).toHaveLength(2);
    expect(bodies).toHaveLength(5);
  });

  it('waits for a door that has no room as long as it asks', async () => {
    const { platform, bodies } = fakeDoor([204], 503);
    const sender = make(platform);
    sender.send(event(1));
    const flushed = sender.forceFlush(60_000);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await flushed).toBe(false);
    expect(bodies).toEqual([]);
    expect(sender.counts.waiting).toBe(1);
  });

  it('halves a body that is too large, until it fits', async () => {
    const { platform, bodies } = fakeDoor([413, 413, 204]);
    const sender = make(platform);
    for (let i = 0; i < 8; i++) sender.send(event(i));
    expect(await sender.forceFlush()).toBe(true);
    expect(bodies.slice(2).map(itemsOf)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
    ]);
  });

  it('keeps what it could not deliver, and delivers it when the workbench is there', async () => {
    const answers: (number | 'down')[] = ['down', 'down', 'down', 204];
    const { platform, bodies } = fakeDoor(answers);
    const sender = make(platform);
    sender.send(event(1));
    const flushed = sender.forceFlush();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await flushed).toBe(false);
    expect(sender.counts.waiting).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sender.counts).toMatchObject({ sent: 1, waiting: 0 });
    expect(bodies).toHaveLength(4);
  });

  it('gives to the spill what it could not deliver, without waiting out the attempts', async () => {
    const kept: string[] = [];
    const { platform, bodies } = fakeDoor(['down']);
    const sender = make(platform, { spill: { keep: (lines) => kept.push(...lines) > 0 } });
    sender.send(event(1));
    sender.send(event(2));
    expect(await sender.forceFlush()).toBe(false);
    expect(kept.flatMap(itemsOf)).toEqual([1, 2]);
    expect(bodies).toHaveLength(1);
    expect(notices).toEqual([expect.stringContaining('kept in a file')]);
  });

  it('holds no more than its bounds, and tells once that the oldest are lost', async () => {
    const { platform } = fakeDoor(['down']);
    const sender = make(platform, { buffer: { lines: 100, text: 1_000_000 } });
    for (let i = 0; i < 1000; i++) sender.send(event(i));
    expect(sender.counts.waiting).toBeLessThanOrEqual(100);
    expect(sender.counts.dropped + sender.counts.waiting).toBe(1000);
    expect(notices).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(0);
  });

  it('gives up a flush at its deadline', async () => {
    const { platform } = fakeDoor(['down']);
    const sender = make(platform);
    sender.send(event(1));
    const flushed = sender.forceFlush(500);
    await vi.advanceTimersByTimeAsync(500);
    expect(await flushed).toBe(false);
  });

  it('puts aside what waits when the process ends at once', () => {
    const kept: string[] = [];
    const { platform, tasks } = fakeDoor([204]);
    const sender = make(platform, { spill: { keep: (lines) => kept.push(...lines) > 0 } });
    sender.send(event(1));
    for (const task of tasks) {
      expect(task.isPending()).toBe(true);
      task.abandon();
    }
    expect(kept).toHaveLength(1);
    expect(sender.counts).toEqual({ sent: 0, spilled: 1, dropped: 0, waiting: 0 });
  });

  it('takes nothing more after its shutdown', async () => {
    const { platform, tasks } = fakeDoor([204]);
    const sender = make(platform);
    sender.send(event(1));
    await sender.shutdown();
    sender.send(event(2));
    expect(sender.counts).toMatchObject({ sent: 1, waiting: 0 });
    expect(tasks.size).toBe(0);
  });
});

describe('EventSender in Node', () => {
  let server: Server;
  const bodies: string[] = [];
  const sockets = new Set<unknown>();
  beforeEach(async () => {
    vi.useRealTimers();
    bodies.length = 0;
    sockets.clear();
    server = createServer((request, response) => {
      sockets.add(request.socket);
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        bodies.push(`${request.method ?? ''} ${request.url ?? ''}\n${body}`);
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('posts NDJSON to the door over one kept connection', async () => {
    const { port } = server.address() as AddressInfo;
    const sender = make(nodePlatform, { url: `http://127.0.0.1:${port}/v1/traces/ingest` });
    sender.send(event({ big: 1n }));
    expect(await sender.forceFlush()).toBe(true);
    sender.send(event({ two: 2 }));
    expect(await sender.forceFlush()).toBe(true);
    // A question first.
    expect(bodies.map((body) => body.split('\n')[0])).toEqual(Array(3).fill('POST /v1/events'));
    expect(bodies[0]).toBe('POST /v1/events\n');
    expect(bodies[1]).toContain('"item":{"big":"1"}');
    expect(sockets.size).toBe(1);
    await sender.shutdown();
  });
});
