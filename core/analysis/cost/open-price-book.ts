/** The price book of what a host says: its snapshot, and the user's own prices before it. */
import type { JsonObject } from '../../model/json.ts';
import { PriceBook } from './price-book.ts';
import { readPriceTable } from './read-price-table.ts';

export interface PriceFiles {
  readonly snapshot: JsonObject;
  readonly own: JsonObject | null;
  readonly ownId: string;
}

export function openPriceBook({ snapshot, own, ownId }: PriceFiles): PriceBook {
  const { table } = readPriceTable(snapshot, 'snapshot');
  return new PriceBook(table, own === null ? undefined : readPriceTable({ ...own, id: ownId }, ownId).table);
}
