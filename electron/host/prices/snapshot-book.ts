/** The prices of the build alone, read when somebody asks first: what is reckoned without a data directory. */
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { readSnapshot } from './read-prices.ts';

let book: PriceBook | undefined;

export function snapshotBook(): PriceBook {
  return (book ??= openPriceBook({ snapshot: readSnapshot(), own: null, ownId: '' }));
}
