/** The search of a data directory, as host and command line have it. */
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { Library } from '../library/library.ts';
import { readPrices } from '../prices/read-prices.ts';
import { SearchDesk } from './search-desk.ts';

export function openSearch(library: Library, dataDirectory: string, clock: Clock): SearchDesk {
  const directory = join(dataDirectory, 'journal');
  return new SearchDesk({ library, directory, clock, readPrices: () => readPrices(dataDirectory) });
}
