/** What a redactor leaves alone: the ids, times and kinds of a record, by which it is stored and found again. */

const OF_ITEM = ['object', 'id', 'trace_id', 'parent_id', 'started_at', 'ended_at'];
const OF_DATA = ['type', 'sdk_span_type'];
const OF_EVENT = ['event', 'at', 'raw_type'];

/** Where fields of ours stand: in an item, in its data, and in an item that an event carries. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  '': [...OF_ITEM, ...OF_EVENT],
  span_data: OF_DATA,
  'span_data.data': ['sdk_span_type'],
  item: OF_ITEM,
  'item.span_data': OF_DATA,
  'item.span_data.data': ['sdk_span_type'],
};

/** The paths that must be after redaction what they were before. */
export const KEPT_PATHS: readonly (readonly string[])[] = Object.entries(PLACES).flatMap(([place, names]) =>
  names.map((name) => [...place.split('.').filter((each) => each !== ''), name]),
);

const KEPT = new Set(KEPT_PATHS.map((path) => path.join('.')));

export function isKeptPlace(path: readonly (string | number)[]): boolean {
  return path.length <= 4 && KEPT.has(path.join('.'));
}

/** The name of a field of ours, such as `span_data`; one of the user's own may itself be what is to be redacted. */
export function isKeptName(path: readonly (string | number)[], name: string): boolean {
  return path.length <= 3 && Object.hasOwn(PLACES, path.join('.')) && /^[a-z]+(_[a-z]+)*$/.test(name);
}
