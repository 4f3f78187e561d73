/** What happened in a measured range of a trace's time. */
import { at } from '../../../core/model/assert.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { FlameModel } from './model.ts';
import { modelTokens } from './model-tokens.ts';
import type { Viewport } from '../../../core/flame/viewport.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';

export interface RangeFigures {
  readonly us: DurationUs;
  /** That ran in it, if only in part. */
  readonly spans: number;
  readonly errors: number;
  /** Of the model calls that ran in it; undefined where none says any. */
  readonly tokens: number | undefined;
  /** US dollars of those that have a cost; undefined where none has. */
  readonly usd: number | undefined;
}

export function computeRangeFigures(
  model: FlameModel,
  { from, to }: Viewport,
  now: DurationUs,
  /** By span, NaN for none. */
  costs?: Float64Array,
): RangeFigures {
  const told = modelTokens(model);
  const { flags } = model.table.columns;
  let [spans, errors, tokens] = [0, 0, 0];
  let usd: number | undefined;
  for (let span = 0; span < model.count; span++) {
    if (at(model.start, span) > to || drawnEnd(model, span, now) < from) continue;
    spans++;
    if ((at(flags, span) & SpanFlag.error) !== 0) errors++;
    tokens += at(told, span);
    const cost = costs?.[span] ?? Number.NaN;
    if (!Number.isNaN(cost)) usd = (usd ?? 0) + cost;
  }
  return { us: to - from, spans, errors, tokens: tokens > 0 ? tokens : undefined, usd };
}
