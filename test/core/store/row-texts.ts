/** Rows of pages as texts that say everything of them, whatever parts and string tables they are stored in. */
import { at } from '../../../core/model/assert.ts';
import { NO_TRACE_ID } from '../../../core/model/trace-entry.ts';
import { COLUMN_NAMES, type SpanTable } from '../../../core/model/span-table.ts';
import { PAGE_ROWS } from '../../../core/rpc/feed.ts';

export interface PlacedTable {
  readonly segment: number;
  readonly page: number;
  readonly from: number;
  readonly table: SpanTable;
}

/** One text a row, in the order of the rows. */
export function rowTexts({ segment, page, from, table }: PlacedTable): readonly string[] {
  return Array.from({ length: table.length }, (_, row) => {
    const { id } = at(table.traces, at(table.columns.trace, row));
    const place = `${String(segment)}:${String(page * PAGE_ROWS + from + row)}`;
    if (id === NO_TRACE_ID) return `${place} gone`;
    const numbers = COLUMN_NAMES.filter((name) => !CODES.has(name)).map((name) => table.columns[name][row]);
    const texts = [table.spanId(row), table.parentId(row), table.name(row)];
    const more = (['agent', 'target', 'model', 'provider', 'errorClass'] as const).map((name) =>
      table.text(name, row),
    );
    return [place, id, ...texts, ...more, ...numbers].join(' ');
  });
}

/** Columns whose numbers mean something in their own table alone. */
const CODES = new Set<string>([
  ...['trace', 'name', 'agent', 'target', 'model', 'provider', 'errorClass'],
  ...['idA', 'idB', 'idC', 'parentA', 'parentB', 'parentC'],
]);
