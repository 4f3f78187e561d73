/**
 * A finished trace as it is drawn, row by row and without the rest: 30 bytes a bar. Of all its bars it is what the
 * host keeps beside the journal; of those that are seen at one zoom (`thinRows`) it is the first picture of a page.
 */
import { at } from '../model/assert.ts';
import type { SpanTree } from '../analysis/span-tree.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs, EpochUs } from '../model/time.ts';
import type { BarLayout } from './bar-layout.ts';
import type { SpanTimes } from './span-times.ts';
import { wholeTrace } from './viewport.ts';
import { walkRow } from './walk-row.ts';

/** By place: row by row, each row by start. */
export interface DrawnRows {
  readonly originUs: EpochUs;
  readonly lastKnown: DurationUs;
  /** Where each row begins; one more at the end. */
  readonly rowBegin: Uint32Array;
  readonly start: Float64Array;
  /** Infinity: open for ever. */
  readonly end: Float64Array;
  /** Errors before each place, of all bars, those that were left out among them; one more at the end. */
  readonly errorsBefore: Uint32Array;
  /** Place in `labels`. */
  readonly label: Uint32Array;
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
  /** 1 where the parent is named but not there. */
  readonly orphan: Uint8Array;
  readonly labels: readonly string[];
}

/** Open spans end where the last thing is known: the trace must be one that grows no more. */
export function takeDrawnRows(table: SpanTable, tree: SpanTree, layout: SpanTimes & BarLayout): DrawnRows {
  const { count, rowSpans, originUs, lastKnown, rowBegin, errorsBefore } = layout;
  const { kind, flags, parentForm } = table.columns;
  const rows = makeRows(count, { originUs, lastKnown, rowBegin, errorsBefore });
  const labels = new Map<string, number>();
  for (let place = 0; place < count; place++) {
    const span = at(rowSpans, place);
    rows.start[place] = at(layout.start, span);
    rows.end[place] = at(layout.end, span);
    rows.kind[place] = at(kind, span);
    rows.flags[place] = at(flags, span);
    rows.orphan[place] = at(tree.parent, span) < 0 && at(parentForm, span) !== 0 ? 1 : 0;
    rows.label[place] = numberOf(labels, table.name(span));
  }
  return { ...rows, labels: [...labels.keys()] };
}

/** The bars that are seen when the whole trace is drawn `width` CSS pixels wide: there, both are drawn the same. */
export function thinRows(drawn: DrawnRows, width: number): DrawnRows {
  const layout = barsOf(drawn);
  const view = wholeTrace(drawn.lastKnown);
  const places: number[] = [];
  const rowBegin = new Uint32Array(drawn.rowBegin.length);
  for (let row = 0; row < layout.rows; row++) {
    walkRow(layout, row, { view, width, now: drawn.lastKnown }, (_bar, _x0, _x1, _bars, _errors, place) => {
      places.push(place);
    });
    rowBegin[row + 1] = places.length;
  }
  const { originUs, lastKnown } = drawn;
  const errorsBefore = new Uint32Array(places.length + 1);
  const thin = makeRows(places.length, { originUs, lastKnown, rowBegin, errorsBefore });
  const labels = new Map<string, number>();
  places.forEach((place, i) => {
    errorsBefore[i] = at(drawn.errorsBefore, place);
    for (const name of BY_PLACE) thin[name][i] = at(drawn[name], place);
    thin.label[i] = numberOf(labels, at(drawn.labels, at(drawn.label, place)));
  });
  errorsBefore[places.length] = drawn.errorsBefore.at(-1) ?? 0;
  return { ...thin, labels: [...labels.keys()] };
}

/** A bar is its place. */
export function barsOf(drawn: DrawnRows): BarLayout {
  const { start, end, rowBegin, errorsBefore, lastKnown } = drawn;
  const count = start.length;
  const rows = rowBegin.length - 1;
  const row = new Uint32Array(count);
  for (let each = 0; each < rows; each++) row.fill(each, at(rowBegin, each), at(rowBegin, each + 1));
  const rowSpans = new Uint32Array(count);
  for (let place = 0; place < count; place++) rowSpans[place] = place;
  const open = end.reduce((sum, each) => sum + (each === Infinity ? 1 : 0), 0);
  return { count, start, end, row, rows, rowBegin, rowSpans, errorsBefore, lastKnown, open };
}

const BY_PLACE = ['start', 'end', 'kind', 'flags', 'orphan'] as const;

function makeRows(
  count: number,
  whole: Pick<DrawnRows, 'originUs' | 'lastKnown' | 'rowBegin' | 'errorsBefore'>,
): Omit<DrawnRows, 'labels'> {
  return {
    ...whole,
    start: new Float64Array(count),
    end: new Float64Array(count),
    label: new Uint32Array(count),
    kind: new Uint8Array(count),
    flags: new Uint8Array(count),
    orphan: new Uint8Array(count),
  };
}

function numberOf(labels: Map<string, number>, label: string): number {
  let number = labels.get(label);
  if (number === undefined) labels.set(label, (number = labels.size));
  return number;
}
