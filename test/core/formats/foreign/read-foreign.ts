/** Reads a text or bytes with one foreign format, in chunks of any size, into what it emitted. */
import type { ForeignFormat } from '../../../../core/formats/foreign/foreign-format.ts';
import type { JsonObject } from '../../../../core/model/json.ts';

export interface ForeignReading {
  readonly items: JsonObject[];
  readonly skipped: string[];
  readonly notes: string[];
  readonly unread: string[];
  readonly lines: (number | undefined)[];
}

export function readForeign(
  format: ForeignFormat,
  content: string | Uint8Array,
  chunkBytes = Infinity,
): ForeignReading {
  const reading: ForeignReading = { items: [], skipped: [], notes: [], unread: [], lines: [] };
  const reader = format.open({
    item: (item, { line }) => {
      reading.items.push(item);
      reading.lines.push(line);
    },
    skip: (code) => reading.skipped.push(code),
    note: (code) => reading.notes.push(code),
    unread: (attribute) => reading.unread.push(attribute),
  });
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const step = Math.min(chunkBytes, Math.max(bytes.length, 1));
  for (let i = 0; i < bytes.length; i += step) reader.push(bytes.slice(i, i + step));
  reader.end();
  return reading;
}

/** The ids of the span items. */
export function spanIdsOf({ items }: ForeignReading): unknown[] {
  return items.filter(({ object }) => object === 'trace.span').map(({ id }) => id);
}
