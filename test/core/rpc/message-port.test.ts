/** A real MessagePort as a port of the contract: what is on its way is known, and nobody is flooded. */
import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { GOODBYE, makeMessagePort, type MessagePortLimits } from '../../../core/rpc/message-port.ts';
import type { Port } from '../../../core/rpc/connection.ts';

interface End {
  readonly port: Port;
  readonly heard: (string | Uint8Array)[];
  /** Resolves once so many messages have come. */
  heardSoMany(count: number): Promise<void>;
}

function makeEnds(limits?: MessagePortLimits): { host: End; page: End } {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => {
    port1.close();
  });
  return { host: listen(makeMessagePort(port1, limits)), page: listen(makeMessagePort(port2)) };
}

function listen(port: Port): End {
  const heard: (string | Uint8Array)[] = [];
  let wake = (): void => undefined;
  port.onMessage((data) => {
    heard.push(data);
    wake();
  });
  return {
    port,
    heard,
    heardSoMany: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

function closing(port: Port): Promise<void> {
  return new Promise((resolve) => {
    port.onClose(resolve);
  });
}

it('knows how much the other end has not taken yet', async () => {
  const { host, page } = makeEnds();
  host.port.send('twelve chars');
  host.port.send(new Uint8Array(8));
  expect(host.port.waitingBytes?.()).toBe(20);
  await page.heardSoMany(2);
  page.port.send('and back');
  await host.heardSoMany(1);
  expect(host.port.waitingBytes?.()).toBe(0);
  expect(page.heard).toEqual(['twelve chars', new Uint8Array(8)]);
});

it('hears nothing from an end that does not take its answers, and all of it afterwards, in order', async () => {
  const channel = new MessageChannel();
  onTestFinished(() => {
    channel.port1.close();
  });
  const host = listen(makeMessagePort(channel.port1, { mostBytes: 100, deafBytes: 10 }));
  // The other end is bare, so that the test says when it has taken something.
  const taken: unknown[] = [];
  let wake = (): void => undefined;
  channel.port2.on('message', (data) => {
    taken.push(data);
    wake();
  });
  host.port.send('more than ten bytes');
  channel.port2.postMessage('first');
  channel.port2.postMessage('second');
  while (taken.length < 1) await new Promise<void>((resolve) => (wake = resolve));
  expect(host.heard).toEqual([]);
  channel.port2.postMessage(19);
  await host.heardSoMany(2);
  expect(host.heard).toEqual(['first', 'second']);
});

it.each([{ an: 'object' }, null, [1], 'x'.repeat(101), new Uint8Array(101), true])(
  'ends on a message that no end of ours would send (%#)',
  async (message) => {
    const channel = new MessageChannel();
    const host = listen(makeMessagePort(channel.port1, { mostBytes: 100, deafBytes: 10 }));
    const ended = closing(host.port);
    channel.port2.postMessage(message);
    await ended;
    expect(host.heard).toEqual([]);
  },
);

it('tells both ends once when either closes, and sends nothing afterwards', async () => {
  const { host, page } = makeEnds();
  let told = 0;
  host.port.onClose(() => told++);
  const other = closing(page.port);
  host.port.close();
  host.port.close();
  await other;
  expect(told).toBe(1);
  host.port.send('late');
  expect(host.port.waitingBytes?.()).toBe(0);
});

it('ends with the last word of the other end, where no close event of the channel comes', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => {
    port1.close();
  });
  const page = makeMessagePort(port2);
  page.onMessage(() => undefined);
  const closed = closing(page);
  port1.postMessage(GOODBYE);
  await closed;
});
