/** Cuts an input or an output to what the OpenAI endpoint takes, the way the SDKs cut it. */
import { writeSafeJson } from '../workbench/safe-json.ts';

/** Bytes of JSON that one field may have. */
export const MOST_FIELD_BYTES = 100_000;
const MARK = '... [truncated]';
const encoder = new TextEncoder();

function bytesOf(value: unknown): number {
  return encoder.encode(writeSafeJson(value)).length;
}

/** The value where it fits; else a shorter one: texts end in a mark, lists and objects lose their largest parts. */
export function truncateField(value: unknown, mostBytes = MOST_FIELD_BYTES): unknown {
  if (bytesOf(value) <= mostBytes) return value;
  if (typeof value === 'string') return truncateText(value, mostBytes);
  const safe: unknown = JSON.parse(writeSafeJson(value));
  if (Array.isArray(safe))
    return truncateEntries(
      safe.map((item: unknown, i) => [String(i), item]),
      mostBytes,
      true,
    );
  if (typeof safe !== 'object' || safe === null) return preview(value);
  return truncateEntries(Object.entries(safe), mostBytes, false);
}

/** The longest beginning that fits with its mark, found by halving. */
function truncateText(text: string, mostBytes: number): string {
  let fits = 0;
  let breaks = text.length + 1;
  while (breaks - fits > 1) {
    const middle = Math.floor((fits + breaks) / 2);
    if (bytesOf(text.slice(0, middle) + MARK) <= mostBytes) fits = middle;
    else breaks = middle;
  }
  return text.slice(0, fits) + MARK;
}

type Entry = [name: string, value: unknown];

/** Cuts the largest part to what is left for it, or takes it out, until the whole fits. */
function truncateEntries(entries: Entry[], mostBytes: number, isList: boolean): unknown {
  const build = (): unknown => (isList ? entries.map(([, value]) => value) : Object.fromEntries(entries));
  const sizes = entries.map(([, value]) => bytesOf(value));
  for (let size = bytesOf(build()); size > mostBytes && entries.length > 0; size = bytesOf(build())) {
    const largest = sizes.indexOf(sizes.reduce((most, each) => Math.max(most, each), 0));
    const entry = entries[largest];
    const room = (sizes[largest] ?? 0) - (size - mostBytes);
    const shorter = entry === undefined || room < 100 ? undefined : truncateField(entry[1], room);
    const shorterBytes = shorter === undefined ? Infinity : bytesOf(shorter);
    if (entry !== undefined && shorterBytes < (sizes[largest] ?? 0)) {
      entry[1] = shorter;
      sizes[largest] = shorterBytes;
    } else {
      entries.splice(largest, 1);
      sizes.splice(largest, 1);
    }
  }
  return build();
}

function preview(value: unknown): unknown {
  const type = typeof value;
  return { truncated: true, original_type: type, preview: `<${type} truncated>` };
}
