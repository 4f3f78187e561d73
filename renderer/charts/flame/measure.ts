/** A figure that a plugin gives for spans: how wide merged bars are, or how hot. */
import type { FlameModel } from './model.ts';

export interface FlameMeasure {
  /** The same for the same plugin and unit, whatever it says. */
  readonly id: string;
  /** The id of the plugin. */
  readonly by: string;
  readonly unit: string;
  /** By span id; all above 0. */
  readonly values: ReadonlyMap<string, number>;
}

/** What a picture is told of the measure that makes its bars wide. */
export interface DrawnMeasure extends Pick<FlameMeasure, 'id' | 'unit'> {
  /** So much drawn time is one of the unit. */
  readonly scale: number;
}

/** A measure as a whole is drawn about as wide as a trace of a quarter of an hour: room enough to zoom in. */
const WHOLE = 1e9;

/** A power of ten, so that round figures stay at round places. */
export function drawMeasure({ id, unit, values }: FlameMeasure): DrawnMeasure {
  let whole = 0;
  for (const value of values.values()) whole += value;
  return { id, unit, scale: whole > 0 ? WHOLE / 10 ** Math.ceil(Math.log10(whole)) : 1 };
}

/** By span; 0 for none. */
export function measureSpans(
  { table, count }: FlameModel,
  measure: FlameMeasure | undefined,
): Float64Array<ArrayBuffer> {
  const own = new Float64Array(count);
  if (measure === undefined) return own;
  for (let span = 0; span < count; span++) own[span] = measure.values.get(table.spanId(span)) ?? 0;
  return own;
}

const FIGURE = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** `1,250 requests`, `0.0125 USD`. */
export function formatMeasure(size: number, measure: DrawnMeasure | undefined): string {
  const { unit, scale } = measure ?? { unit: '', scale: 1 };
  return `${FIGURE.format(size / scale)} ${unit}`.trimEnd();
}
