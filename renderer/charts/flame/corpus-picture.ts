/**
 * A picture of paths that were merged elsewhere: the flame graph of many traces. It is painted, zoomed and walked
 * like a trace's left-heavy one; a span of its model is a whole path.
 */
import { at } from '../../../core/model/assert.ts';
import { countBefore, sortRows } from '../../../core/flame/sort-rows.ts';
import { KIND_CODE, type SpanKind } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import { makeColumns, SpanTable } from '../../../core/model/span-table.ts';
import { StringTable } from '../../../core/model/string-table.ts';
import { NO_FOLDS } from './gaps.ts';
import type { FlameModel } from './model.ts';
import { COUNT_SCALE, USD_SCALE, type FlamePicture, type PictureSettings } from './picture.ts';

/** Columns; parents stand before their children, siblings from left to right. */
export interface MergedPaths {
  readonly weight: 'time' | 'self' | 'tokens' | 'cost';
  /** -1: nothing is above. */
  readonly parent: readonly number[];
  readonly kind: readonly string[];
  readonly name: readonly string[];
  readonly spans: readonly number[];
  readonly errors: readonly number[];
  /** With all below, in the unit of the weight. */
  readonly total: readonly number[];
}

export interface CorpusPicture {
  readonly model: FlameModel;
  readonly picture: FlamePicture;
}

const WEIGHTS: Readonly<Record<MergedPaths['weight'], PictureSettings['weight']>> = {
  time: 'duration',
  self: 'self',
  tokens: 'tokens',
  cost: 'cost',
};
const SCALES: Readonly<Record<MergedPaths['weight'], number>> = {
  time: 1,
  self: 1,
  tokens: COUNT_SCALE,
  cost: USD_SCALE,
};

export function buildCorpusPicture(paths: MergedPaths): CorpusPicture {
  const bars = layoutPaths(paths);
  const table = tableOf(paths, bars);
  const { count } = bars;
  const order = Uint32Array.from({ length: count }, (_, bar) => bar);
  const parentOf = Int32Array.from(paths.parent);
  const tree = {
    ...linkPaths(parentOf),
    preorder: order,
    roots: 1,
    orphans: 0,
    cycles: 0,
    maxDepth: bars.rows,
  };
  const merged = { spanOf: order, barOf: order, spans: Uint32Array.from(paths.spans), parentOf };
  const settings: PictureSettings = {
    order: 'left-heavy',
    weight: WEIGHTS[paths.weight],
    upright: false,
    foldGaps: false,
  };
  return {
    model: { ...bars, originUs: 0, table, tree, order },
    picture: { ...bars, settings, folds: NO_FOLDS, merged },
  };
}

function layoutPaths({ parent, total, errors, weight }: MergedPaths): FlameBars {
  const count = parent.length;
  const start = new Float64Array(count);
  const end = new Float64Array(count);
  const row = new Uint32Array(count);
  const filled = new Float64Array(count);
  let [rows, top] = [0, 0];
  for (let bar = 0; bar < count; bar++) {
    const above = at(parent, bar);
    const width = at(total, bar) * SCALES[weight];
    start[bar] = above < 0 ? top : at(start, above) + at(filled, above);
    end[bar] = at(start, bar) + width;
    row[bar] = above < 0 ? 0 : at(row, above) + 1;
    if (above < 0) top += width;
    else filled[above] = at(filled, above) + width;
    rows = Math.max(rows, at(row, bar) + 1);
  }
  const sorted = sortRows(row, rows, Uint32Array.from(start.keys()), { start, end });
  const errorsBefore = countBefore(sorted.rowSpans, (bar) => at(errors, bar));
  return { count, start, end, row, rows, ...sorted, errorsBefore, lastKnown: top, open: 0 };
}

type FlameBars = Pick<
  FlameModel,
  'count' | 'start' | 'end' | 'row' | 'rows' | 'rowBegin' | 'rowSpans' | 'errorsBefore' | 'lastKnown' | 'open'
>;

function tableOf({ kind, name, errors }: MergedPaths, { count, start, end }: FlameBars): SpanTable {
  const columns = makeColumns(Math.max(count, 1));
  const strings = new StringTable();
  for (let bar = 0; bar < count; bar++) {
    columns.kind[bar] = codeOf(at(kind, bar));
    columns.name[bar] = strings.add(at(name, bar));
    columns.startUs[bar] = at(start, bar);
    columns.endUs[bar] = at(end, bar);
    columns.flags[bar] = SpanFlag.ended | (at(errors, bar) > 0 ? SpanFlag.error : 0);
  }
  return new SpanTable({ columns, length: count, strings, traces: [] });
}

function codeOf(kind: string): number {
  return Object.hasOwn(KIND_CODE, kind) ? KIND_CODE[kind as SpanKind] : KIND_CODE.custom;
}

function linkPaths(
  parent: Int32Array,
): Pick<FlameModel['tree'], 'parent' | 'firstChild' | 'nextSibling' | 'depth' | 'tops'> {
  const count = parent.length;
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  const depth = new Int32Array(count).fill(1);
  const tops: number[] = [];
  for (let bar = 0; bar < count; bar++) {
    const above = at(parent, bar);
    if (above < 0) tops.push(bar);
    else depth[bar] = at(depth, above) + 1;
  }
  for (let bar = count - 1; bar >= 0; bar--) {
    const above = at(parent, bar);
    if (above < 0) continue;
    nextSibling[bar] = at(firstChild, above);
    firstChild[above] = bar;
  }
  return { parent, firstChild, nextSibling, depth, tops };
}
