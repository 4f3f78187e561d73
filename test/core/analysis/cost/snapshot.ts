/** The prices that come with the product, as tests use them. */
import text from '../../../../resources/prices/prices.json?raw';
import { PriceBook } from '../../../../core/analysis/cost/price-book.ts';
import { readPriceTable, type PriceTableReading } from '../../../../core/analysis/cost/read-price-table.ts';
import type { Json } from '../../../../core/model/json.ts';

export function readSnapshot(): PriceTableReading {
  return readPriceTable(JSON.parse(text) as Json, 'snapshot');
}

export function snapshotBook(): PriceBook {
  return new PriceBook(readSnapshot().table);
}
