// @vitest-environment happy-dom
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeDrawnRows } from '../../../core/flame/drawn-rows-bytes.ts';
import { takeDrawnRows, thinRows } from '../../../core/flame/drawn-rows.ts';
import type { Json } from '../../../core/model/json.ts';
import { decodeFrame, encodeFrame } from '../../../core/rpc/frame.ts';
import { FlameDesk } from '../../../renderer/charts/flame/worker/flame-desk.ts';
import { FlameLine } from '../../../renderer/charts/flame/worker/flame-line.ts';
import type { FromFlame } from '../../../renderer/charts/flame/worker/messages.ts';
import { Link } from '../../../renderer/state/link.svelte.ts';
import type { LoadedTrace } from '../../../renderer/state/loaded-trace.ts';
import { OpenTrace } from '../../../renderer/state/open-trace.svelte.ts';
import { drawRows, flameOf } from '../charts/flame/draw-flame.ts';
import { openedOf } from './opened-trace.ts';

vi.stubGlobal('WebSocket', WebSocket);

const WHOLE = 'a custom 0----6 id=s1\n  b custom 1-3 id=s2';
const OLD = 'a custom 0--3 id=s1';

/** A link to a host that answers as the test says. */
async function linkTo(
  answer: (socket: WebSocket, request: { readonly id: number; readonly name: string }) => void,
): Promise<Link> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    server.close();
  });
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const request = decodeFrame(data.toString())?.message;
      if (request?.type !== 'request') throw new Error('not a request');
      answer(socket, request);
    });
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const link = new Link(`ws://127.0.0.1:${String(address.port)}/rpc`, 'any');
  onTestFinished(() => link.close());
  return link;
}

/** As it goes over the wire. */
function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function sketchOf(text: string): Uint8Array {
  const { table, tree, ...layout } = flameOf(text);
  return encodeDrawnRows(thinRows(takeDrawnRows(table, tree, layout), 500));
}

/** A line to a flame worker in this thread, whose screen takes every sketch at once. */
function lineInTest(asked: string[]): FlameLine {
  let tell: (message: FromFlame) => void = () => undefined;
  const desk = new FlameDesk({
    answer: (message) => {
      queueMicrotask(() => {
        tell(message);
      });
    },
    makePainter: () => {
      throw new Error('nothing is painted here');
    },
    onFrame: () => undefined,
  });
  return new FlameLine({
    send: (message) => {
      asked.push(message.kind);
      desk.take(message);
      if (message.kind !== 'sketch') return;
      asked.push('painted');
      tell({ kind: 'painted', id: message.id });
    },
    onMessage: (listener) => (tell = listener),
    onFailure: () => undefined,
  });
}

function shownTrace({ view }: OpenTrace): LoadedTrace {
  if (view.kind !== 'open') throw new Error(`the trace is ${view.kind}`);
  return view.trace;
}

test('a change that was told before the answer is not laid over it', async () => {
  const old = openedOf('a custom 0--3 id=s1');
  const fresh = openedOf('a custom 0--6 id=s1');
  const link = await linkTo((socket, { id, name }) => {
    if (name !== 'trace.open') {
      socket.send(encodeFrame({ type: 'result', id, result: {} }));
      return;
    }
    const payload = { traceId: 't1', summary: {}, clockOffsetUs: 0, diagnostics: [] };
    socket.send(encodeFrame({ type: 'event', name: 'trace.changed', payload }, old.bytes));
    const result = { summary: {}, clockOffsetUs: 0, diagnostics: [] };
    socket.send(encodeFrame({ type: 'result', id, result }, fresh.bytes));
  });
  const openTrace = new OpenTrace(link);
  openTrace.show('t1');
  link.start();
  await vi.waitFor(() => expect(openTrace.view.kind).toBe('open'));
  if (openTrace.view.kind !== 'open') throw new Error('not open');
  expect(drawRows(openTrace.view.trace.model)).toEqual(['aaaaaa']);
});

test('a large trace is seen by its sketch until its spans are there, and nothing is laid over that', async () => {
  const { opened, bytes } = openedOf(WHOLE);
  let tellWhole: () => void = () => undefined;
  const link = await linkTo((socket, { id, name }) => {
    if (name === 'trace.sketch') {
      socket.send(encodeFrame({ type: 'result', id, result: plain({ opened }) }, sketchOf(WHOLE)));
    } else if (name === 'trace.open') {
      const payload = plain({ traceId: 't1', ...opened });
      socket.send(encodeFrame({ type: 'event', name: 'trace.changed', payload }, openedOf(OLD).bytes));
      tellWhole = () => {
        socket.send(encodeFrame({ type: 'result', id, result: plain(opened) }, bytes));
      };
    } else {
      socket.send(encodeFrame({ type: 'result', id, result: {} }));
    }
  });
  const asked: string[] = [];
  const openTrace = new OpenTrace(link, undefined, lineInTest(asked));
  openTrace.show('t1');
  link.start();
  const sketch = await vi.waitFor(() => shownTrace(openTrace));
  expect(sketch.sketch).toBe(true);
  expect(drawRows(sketch.model)).toEqual(['aaaaaa', '.bb']);
  expect(sketch.index.findId('s2')).toBe(-1);
  await vi.waitFor(() => expect(asked).toContain('painted'));
  await vi.waitFor(() => {
    tellWhole();
    expect(shownTrace(openTrace).sketch).toBeUndefined();
  });
  expect(drawRows(shownTrace(openTrace).model)).toEqual(['aaaaaa', '.bb']);
  expect(asked).toEqual(['sketch', 'painted', 'open']);
});
