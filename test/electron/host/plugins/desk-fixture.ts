/** A desk over a store with one plugin of the test's own, installed and on. */
import { onTestFinished } from 'vitest';
import { isJsonObject, ownAt, type Json } from '../../../../core/model/json.ts';
import { PluginDesk } from '../../../../electron/host/plugins/plugin-desk.ts';
import { PluginRegistry } from '../../../../electron/host/plugins/plugin-registry.ts';
import { StoredTraces } from '../../../../electron/host/plugins/stored-traces.ts';
import { matchStored } from '../../../../electron/host/plugins/match-query.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { FakeClock } from './fake-clock.ts';
import { startFake, writePlugin, type FakePlugin } from './fake-plugins.ts';

export const ID = 'local.a';

export interface Bench {
  readonly desk: PluginDesk;
  readonly store: TraceStore;
  readonly data: string;
  readonly clock: FakeClock;
  /** Tells the desk that traces have changed, as the host's gatherer does. */
  readonly touch: (...traceIds: readonly string[]) => Promise<void>;
}

export async function openBench(
  plugin: FakePlugin,
  more: { data?: string; manifest?: object } = {},
): Promise<Bench> {
  const data = more.data ?? (await makeTemporaryDirectory());
  // Ended long ago, so that every trace has settled.
  const { store } = await openTestStore(data, { nowUs: NOW_US + 3_600_000_000 });
  const clock = new FakeClock();
  const registry = await PluginRegistry.open({
    dataDirectory: data,
    clock,
    start: startFake({ [ID]: plugin }),
  });
  const reads = { reads: ['timing', 'structure'], writes: ['attributes:a'], ...more.manifest };
  const folder = await writePlugin(await makeTemporaryDirectory(), ID, reads);
  await registry.install(folder, (await registry.inspect(folder)).bundleHash, false);
  let tell: (traceIds: readonly string[]) => void = () => undefined;
  const listen = (listener: typeof tell): (() => void) => {
    tell = listener;
    return () => undefined;
  };
  const match = matchStored(store.library, data, () => NOW_US);
  const traces = new StoredTraces(store, () => NOW_US, match);
  const desk = new PluginDesk({ registry, traces, library: store.library, touched: { listen }, clock });
  onTestFinished(() => desk.close());
  const touch = async (...traceIds: readonly string[]): Promise<void> => {
    tell(traceIds);
    await desk.settled();
  };
  return { desk, store, data, clock, touch };
}

/** `t1` to `tN`, of one span each. */
export async function fill(store: TraceStore, traces: number, from = 1): Promise<readonly string[]> {
  const ids = Array.from({ length: traces }, (_, i) => `t${String(from + i)}`);
  await store.append(makeBatch(ids.map((id) => makeSpan(id, `${id}-s`))), true);
  return ids;
}

export const idOf = (trace: Json): string => {
  const id = isJsonObject(trace) ? ownAt(trace, 'id') : undefined;
  return typeof id === 'string' ? id : '';
};
export const alertOf = (trace: Json, message: string): object => {
  return { kind: 'alert', code: 'seen', severity: 'warning', traceId: idOf(trace), message };
};

/** Keeps the ids of traces, and lays them together. */
export const COUNTING: FakePlugin = {
  analyses: {
    all: {
      map: (trace) => idOf(trace),
      reduce: (parts) => ({ kind: 'markdown', text: JSON.stringify(parts) }),
    },
  },
};
