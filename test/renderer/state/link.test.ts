// @vitest-environment happy-dom
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Link } from '../../../renderer/state/link.svelte.ts';

vi.stubGlobal('WebSocket', WebSocket);

/** A host of one answer: whoever says hello is welcome. */
async function listen(port: number): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (socket) => {
    socket.on('message', () => {
      socket.send('{"type":"result","id":1,"result":{"ingest":"http://127.0.0.1:9"}}');
    });
  });
  await once(server, 'listening');
  return server;
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
