// @vitest-environment happy-dom
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame } from '../../../core/rpc/frame.ts';
import { Link } from '../../../renderer/state/link.svelte.ts';
import { OpenTrace } from '../../../renderer/state/open-trace.svelte.ts';
import { drawRows } from '../charts/flame/draw-flame.ts';
import { openedOf } from './opened-trace.ts';

vi.stubGlobal('WebSocket', WebSocket);

test('a change that was told before the answer is not laid over it', async () => {
  const old = openedOf('a custom 0--3 id=s1');
  const fresh = openedOf('a custom 0--6 id=s1');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    server.close();
  });
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const request = decodeFrame(data.toString())?.message;
      if (request?.type !== 'request') throw new Error('not a request');
      const { id, name } = request;
      if (name !== 'trace.open') {
        socket.send(encodeFrame({ type: 'result', id, result: {} }));
        return;
      }
      const payload = { traceId: 't1', summary: {}, clockOffsetUs: 0, diagnostics: [] };
      socket.send(encodeFrame({ type: 'event', name: 'trace.changed', payload }, old.bytes));
      const result = { summary: {}, clockOffsetUs: 0, diagnostics: [] };
      socket.send(encodeFrame({ type: 'result', id, result }, fresh.bytes));
    });
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const link = new Link(`ws://127.0.0.1:${String(address.port)}/rpc`, 'any');
  onTestFinished(() => link.close());
  const openTrace = new OpenTrace(link);
  openTrace.show('t1');
  link.start();
  await vi.waitFor(() => expect(openTrace.view.kind).toBe('open'));
  if (openTrace.view.kind !== 'open') throw new Error('not open');
  expect(drawRows(openTrace.view.trace.model)).toEqual(['aaaaaa']);
});
