/** Changed rows laid over a table: a known span is replaced where it stands, a new one is appended. */
import { at } from '../../../core/model/assert.ts';
import type { SpanIdIndex } from '../../../core/model/span-id-index.ts';
import { COLUMN_NAMES, type SpanTable } from '../../../core/model/span-table.ts';

export function changeRows(table: SpanTable, index: SpanIdIndex, changed: SpanTable): void {
  for (let row = 0; row < changed.length; row++) {
    const next = table.appendFrom(changed, row, 0);
    const known = index.add(next);
    if (known < 0) continue;
    const { columns } = table;
    for (const name of COLUMN_NAMES) columns[name][known] = at(columns[name], next);
    table.truncate(next);
  }
}
