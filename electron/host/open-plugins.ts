/** The plugins of a data directory, joined to its store. */
import type { PriceBook } from '../../core/analysis/cost/price-book.ts';
import type { Clock } from '../../core/model/time.ts';
import { systemPluginClock } from './plugins/plugin-clock.ts';
import { PluginDesk } from './plugins/plugin-desk.ts';
import { PluginRegistry } from './plugins/plugin-registry.ts';
import { StoredTraces } from './plugins/stored-traces.ts';
import { matchStored } from './plugins/match-query.ts';
import type { TouchedTraces } from './rpc-server/touched-traces.ts';
import type { TraceStore } from './trace-store.ts';

export async function openPlugins(
  dataDirectory: string,
  store: TraceStore,
  touched: TouchedTraces,
  clock: Clock,
  book?: () => PriceBook,
): Promise<PluginDesk> {
  return new PluginDesk({
    registry: await PluginRegistry.open({ dataDirectory }),
    traces: new StoredTraces(store, clock, matchStored(store.library, dataDirectory, clock), book),
    library: store.library,
    touched,
    clock: systemPluginClock,
  });
}
