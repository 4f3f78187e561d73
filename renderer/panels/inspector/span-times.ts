/** How a span's time lies in its trace: alone, beside what is around it, and what of it was its own. */
import { computeSelfTime } from '../../../core/analysis/self-times.ts';
import { at } from '../../../core/model/assert.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';
import type { FlameModel } from '../../charts/flame/model.ts';

export interface SpanTimeFacts {
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
  readonly open: boolean;
  /** NaN where it has not ended. */
  readonly durationUs: DurationUs;
  /** Without what its children cover; NaN where unknown. */
  readonly selfUs: DurationUs;
  /** Of the span above; NaN where there is none, or it has not ended. */
  readonly parentUs: DurationUs;
  /** After the beginning of the span above; NaN where there is none. */
  readonly afterParentUs: DurationUs;
  readonly depth: number;
  /** Place among the rows of the flame graph, from 1. */
  readonly lane: number;
}

export function readSpanTimes(model: FlameModel, row: number): SpanTimeFacts {
  const { table, tree } = model;
  const { columns } = table;
  const startUs = at(columns.startUs, row);
  const endUs = at(columns.endUs, row);
  const open = (at(columns.flags, row) & SpanFlag.ended) === 0;
  const above = at(tree.parent, row);
  const aboveStart = above < 0 ? Number.NaN : at(columns.startUs, above);
  return {
    startUs,
    endUs,
    open,
    durationUs: open ? Number.NaN : endUs - startUs,
    selfUs: open ? Number.NaN : computeSelfTime(table, tree, model.originUs + model.lastKnown, row),
    parentUs: above < 0 ? Number.NaN : at(columns.endUs, above) - aboveStart,
    afterParentUs: startUs - aboveStart,
    depth: at(tree.depth, row),
    lane: at(model.row, row) + 1,
  };
}
