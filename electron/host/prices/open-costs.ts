/** The costs of a data directory's traces, by its prices; it notices when these change. */
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { Library } from '../library/library.ts';
import { CostDesk } from './cost-desk.ts';
import { PRICES_FILE, readPrices } from './read-prices.ts';

export type { CostDesk } from './cost-desk.ts';

export function openCosts(library: Library, dataDirectory: string, clock: Clock): CostDesk {
  const desk = new CostDesk({ library, clock, readPrices: () => readPrices(dataDirectory) });
  desk.watch(join(dataDirectory, PRICES_FILE));
  return desk;
}
