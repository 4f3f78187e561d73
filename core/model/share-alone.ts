/**
 * All rows of a table as a table of their own, with only the strings they need: columns without texts are shared,
 * so that a large table is not held twice while it is written. Lists no traces; both must stay as they are.
 */
import { at } from './assert.ts';
import { IdForm } from './packed-id.ts';
import { SpanTable, STRING_COLUMNS } from './span-table.ts';
import { StringTable } from './string-table.ts';

export function shareAlone(source: SpanTable): SpanTable {
  const { length } = source;
  const strings = new StringTable();
  /** By code of the source: one more than the code here, 0 where it was not met yet. */
  const codes = new Uint32Array(source.strings.size);
  const takeOver = (code: number): number => {
    const known = codes[code] ?? 0;
    if (known > 0) return known - 1;
    const own = strings.add(source.strings.at(code));
    codes[code] = own + 1;
    return own;
  };
  const columns = { ...source.columns, trace: new Uint32Array(length) };
  for (const name of STRING_COLUMNS) {
    const from = source.columns[name];
    const own = new Uint32Array(length);
    for (let row = 0; row < length; row++) own[row] = takeOver(at(from, row));
    columns[name] = own;
  }
  // Ids of no common shape are texts, whose number stands in the first word.
  columns.idA = takeOverIds(columns.idForm, columns.idA, length, takeOver);
  columns.parentA = takeOverIds(columns.parentForm, columns.parentA, length, takeOver);
  return new SpanTable({ columns, length, strings, traces: [] });
}

function takeOverIds(
  form: Uint8Array,
  first: Uint32Array<ArrayBuffer>,
  length: number,
  takeOver: (code: number) => number,
): Uint32Array<ArrayBuffer> {
  if (!form.subarray(0, length).includes(IdForm.text)) return first;
  const own = first.slice(0, length);
  for (let row = 0; row < length; row++) if (form[row] === IdForm.text) own[row] = takeOver(at(own, row));
  return own;
}
