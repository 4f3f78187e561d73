import { expect, test } from 'vitest';
import { Connection, type Port } from '../../../core/rpc/connection.ts';
import type { TraceCost } from '../../../core/rpc/costs.ts';
import { SummaryColumns } from '../../../core/store/summary-columns.ts';
import { CostAsking } from '../../../renderer/store/cost-asking.ts';
import { summaryOf } from '../../core/store/listed-trace-samples.ts';

const idOf = (i: number): string => summaryOf(i).id;

/** A list, and a host that answers when it is let: trace `i` costs `i` cents times `factor`. */
function makeAsking(traces: number) {
  const columns = new SummaryColumns();
  for (let i = 0; i < traces; i++) columns.upsert(summaryOf(i));
  const resting: (() => void)[] = [];
  const asking = new CostAsking({
    columns: () => columns,
    onChange: () => undefined,
    later: (run) => void resting.push(run),
  });
  const host = { prices: 'a', factor: 1, asked: [] as (readonly string[])[] };
  const open: (() => void)[] = [];
  const [own, other] = makePorts();
  new Connection({
    port: other,
    answers: {
      'costs.list': async (params) => {
        const { traceIds } = params as { readonly traceIds: readonly string[] };
        host.asked.push(traceIds);
        await new Promise<void>((resolve) => open.push(resolve));
        return { result: { prices: host.prices, costs: traceIds.map((id) => costOf(id, host)) } };
      },
    },
  });
  asking.connect(new Connection({ port: own }));
  /** Lets the host answer what waits, and what follows from that. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) {
      open.shift()?.();
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const rest = (): void => {
    for (const run of resting.splice(0)) run();
  };
  const costs = (): readonly (number | undefined)[] =>
    Array.from({ length: traces }, (_, i) => asking.costs.read(columns.rowOf(idOf(i)) ?? -1)?.usd);
  return { asking, columns, host, settle, rest, costs };
}

function costOf(
  id: string,
  { prices, factor }: { readonly prices: string; readonly factor: number },
): TraceCost {
  const i = Array.from({ length: 1000 }, (_, n) => n).find((n) => idOf(n) === id) ?? -1;
  return {
    usd: i === 0 ? null : (i * factor) / 100,
    pricedCalls: 1,
    unpriced: i === 0 ? [{ model: null, reason: 'no-model', calls: 3 }] : [],
    prices,
  };
}

function makePorts(): readonly [Port, Port] {
  const listeners = [
    new Set<(data: string | Uint8Array) => void>(),
    new Set<(data: string | Uint8Array) => void>(),
  ];
  const end = (own: number): Port => ({
    send: (data) => {
      for (const listener of listeners[1 - own] ?? []) listener(data);
    },
    close: () => undefined,
    onMessage: (listener) => listeners[own]?.add(listener),
    onClose: () => undefined,
  });
  return [end(0), end(1)];
}

test('only what is in sight is asked for, once', async () => {
  const { asking, host, settle, costs } = makeAsking(5);
  asking.want([0, 1], false);
  await settle();
  asking.want([0, 1], false);
  await settle();
  expect(host.asked).toEqual([[idOf(0), idOf(1)]]);
  expect(costs()).toEqual([undefined, 0.01, undefined, undefined, undefined]);
  expect(asking.costs.read(0)).toEqual({ usd: undefined, unpricedCalls: 3, isStale: false });
  expect(asking.asking).toBeUndefined();
});

test('a question about cost is asked of all traces, in parts, and says how far it is', async () => {
  const { asking, host, settle, costs } = makeAsking(450);
  asking.want([7], true);
  expect(asking.asking).toMatchObject({ done: 0, total: 450, isOnline: true });
  await settle();
  expect(host.asked.map((ids) => ids.length)).toEqual([1, 200, 200, 49]);
  expect(asking.asking).toBeUndefined();
  expect(costs()[449]).toBe(4.49);
});

test('other prices make what is known stale, and it is reckoned anew', async () => {
  const { asking, host, settle, costs } = makeAsking(3);
  asking.want([0, 1, 2], false);
  await settle();
  Object.assign(host, { prices: 'b', factor: 10 });
  const before = host.asked.length;
  asking.pricesChanged();
  await settle();
  expect(host.asked.slice(before).map((ids) => ids.length)).toEqual([0, 3]);
  expect(costs()).toEqual([undefined, 0.1, 0.2]);
  expect(asking.costs.prices).toBe('b');
});

test('a trace that changes keeps its figure as stale until it is told anew, also one that changes meanwhile', async () => {
  const { asking, columns, host, settle, rest } = makeAsking(2);
  asking.want([0, 1], false);
  await settle();
  asking.changed([], [idOf(1)]);
  expect(asking.costs.read(1)).toMatchObject({ usd: 0.01, isStale: true });
  await settle();
  expect(host.asked).toHaveLength(1);
  rest();
  host.factor = 2;
  asking.changed([], [idOf(1)]);
  await settle();
  expect(asking.costs.read(1)).toMatchObject({ usd: 0.02, isStale: true });
  rest();
  await settle();
  expect(asking.costs.read(1)).toMatchObject({ usd: 0.02, isStale: false });
  const row = columns.remove(idOf(1)) ?? -1;
  asking.changed([row], []);
  expect(asking.costs.read(row)).toBeUndefined();
});
