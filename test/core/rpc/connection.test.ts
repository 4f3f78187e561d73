/** Two ends of a connection over a pair of ports in memory. */
import { describe, expect, it } from 'vitest';
import { Connection, RpcError, type Port, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { FrameData } from '../../../core/rpc/frame.ts';

interface TestPort extends Port {
  deliver(data: FrameData): void;
}

/** Two ports that carry to each other; a message arrives in a later microtask, in order. */
function makePortPair(): readonly [TestPort, TestPort] {
  const ends: TestPort[] = [];
  const closers: (() => void)[] = [];
  for (const other of [1, 0]) {
    const listeners: ((data: FrameData) => void)[] = [];
    ends.push({
      send: (data) => {
        queueMicrotask(() => ends[other]?.deliver(data));
      },
      close: () => {
        for (const close of closers.splice(0)) close();
      },
      onMessage: (listener) => listeners.push(listener),
      onClose: (listener) => closers.push(listener),
      deliver: (data) => {
        for (const listener of listeners) listener(data);
      },
    });
  }
  const [left, right] = ends;
  if (left === undefined || right === undefined) throw new Error('two ports were made');
  return [left, right];
}

const refuse = (): Promise<never> => Promise.reject(new RpcError('unknown-trace', 'No trace has this id.'));
const never = (): Promise<never> => new Promise(() => undefined);
const answers: Partial<RequestListeners> = {
  hello: never,
  'library.subscribe': () => Promise.resolve({ result: { traces: 3 } }),
  'library.list': () => Promise.reject(new Error('secret text of a trace')),
  'trace.open': refuse,
  'trace.close': () => Promise.resolve({ result: {} }),
  'span.get': () => Promise.resolve({ result: { spans: [], rest: [] }, bytes: new Uint8Array([7]) }),
  'import.paths': () => Promise.resolve({ result: { files: [] } }),
  'import.cancel': () => Promise.resolve({ result: {} }),
};

function connect(bugs: unknown[] = []): { page: Connection; host: Connection; pagePort: TestPort } {
  const [pagePort, hostPort] = makePortPair();
  const host = new Connection({ port: hostPort, answers, onBug: (error) => bugs.push(error) });
  return { page: new Connection({ port: pagePort }), host, pagePort };
}

describe('a connection', () => {
  it('answers requests, with bytes where there are some', async () => {
    const { page } = connect();
    expect((await page.request('library.subscribe', {})).result).toEqual({ traces: 3 });
    const { bytes } = await page.request('span.get', { traceId: 't', spanIds: [] });
    expect([...(bytes ?? [])]).toEqual([7]);
  });

  it('rejects with the code of the other end', async () => {
    const { page } = connect();
    await expect(page.request('trace.open', { traceId: 'x' })).rejects.toMatchObject({
      code: 'unknown-trace',
    });
  });

  it('says nothing of an unexpected error but that there was one', async () => {
    const bugs: unknown[] = [];
    const { page } = connect(bugs);
    await expect(page.request('library.list', {})).rejects.toMatchObject({
      code: 'internal',
      message: 'The host could not answer.',
    });
    expect(bugs).toHaveLength(1);
  });

  it('fault 57: answers unknown and inherited names with an error, and ends on rubbish', async () => {
    const { host, pagePort } = connect();
    const heard: FrameData[] = [];
    pagePort.onMessage((data) => heard.push(data as FrameData));
    pagePort.send('{"type":"request","id":1,"name":"constructor","params":{}}');
    await new Promise(setImmediate);
    expect(heard).toEqual([expect.stringContaining('unknown-request')]);
    pagePort.send('{"type":"request","id":{}}');
    await new Promise(setImmediate);
    expect(host.closed).toBe(true);
  });

  it('rejects what waits when the port closes, and everything after', async () => {
    const { page } = connect();
    const waiting = page.request('hello', { token: '' });
    page.close();
    await expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await expect(page.request('hello', { token: '' })).rejects.toMatchObject({ code: 'closed' });
  });

  it('delivers events with their bytes', async () => {
    const [pagePort, hostPort] = makePortPair();
    const host = new Connection({ port: hostPort, answers });
    const heard: unknown[] = [];
    new Connection({
      port: pagePort,
      onEvent: (name, payload, bytes) => heard.push([name, payload, bytes?.length]),
    });
    host.emit('library.changed', { reset: true, complete: true, traces: [] }, new Uint8Array(2));
    await new Promise(setImmediate);
    expect(heard).toEqual([['library.changed', { reset: true, complete: true, traces: [] }, 2]]);
  });
});
