// @vitest-environment happy-dom
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Link } from '../../../renderer/state/link.svelte.ts';

vi.stubGlobal('WebSocket', WebSocket);

const WELCOME = '{"type":"result","id":1,"result":{"ingest":"http://127.0.0.1:9"}}';

/** A host that does one thing with every hello. */
async function listen(port: number, greet = welcome): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (socket) => {
    socket.on('message', () => {
      greet(socket);
    });
  });
  await once(server, 'listening');
  return server;
}

function welcome(socket: WebSocket): void {
  socket.send(WELCOME);
}

/** Turns of the event loop until the line is what it should be; timers may be faked meanwhile. */
async function untilPhase(link: Link, kind: Link['phase']['kind']): Promise<void> {
  while (link.phase.kind !== kind) await nextTurn();
  await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function end(server: WebSocketServer): Promise<void> {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, 'close');
}

function portOf(server: WebSocketServer): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('a line that breaks is opened again, and all that was asked for is asked for anew', async () => {
  const first = await listen(0);
  const port = portOf(first);
  const link = new Link(`ws://127.0.0.1:${String(port)}/rpc`, 'any');
  onTestFinished(() => link.close());
  const opened = vi.fn();
  link.onOpen(opened);
  link.start();
  await vi.waitFor(() => expect(link.phase.kind).toBe('open'));
  expect(link.status?.ingest).toBe('http://127.0.0.1:9');

  await end(first);
  await vi.waitFor(() => expect(link.phase.kind).toBe('lost'));
  await expect(link.request('trace.close', { traceId: 't' })).rejects.toThrow('ended');

  const second = await listen(port);
  onTestFinished(() => end(second));
  link.retry();
  await vi.waitFor(() => expect(link.phase.kind).toBe('open'), { timeout: 6000 });
  expect(opened).toHaveBeenCalledTimes(2);
});

test('a host that fails at hello is tried again, and the page keeps its token', async () => {
  sessionStorage.setItem('tracebench-token', 'good');
  let hellos = 0;
  const server = await listen(0, (socket) => {
    hellos++;
    socket.send(hellos > 1 ? WELCOME : '{"type":"error","id":1,"code":"internal","message":"a bug"}');
  });
  onTestFinished(() => end(server));
  const link = new Link(`ws://127.0.0.1:${String(portOf(server))}/rpc`, 'good');
  onTestFinished(() => link.close());
  link.start();
  await vi.waitFor(() => expect(link.phase.kind).toBe('open'), { timeout: 6000 });
  expect(hellos).toBe(2);
  expect(sessionStorage.getItem('tracebench-token')).toBe('good');
});

test('a line that ends during hello is one loss, so that the wait grows by one step', async () => {
  const server = await listen(0, (socket) => socket.terminate());
  onTestFinished(() => end(server));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const link = new Link(`ws://127.0.0.1:${String(portOf(server))}/rpc`, 'any');
  onTestFinished(() => link.close());
  link.start();
  await untilPhase(link, 'lost');
  expect(link.phase).toEqual({ kind: 'lost', retryAtMs: 250 });
});
