/** The measures that plugins offer of the open trace: what they say under one unit, as one. */
import type { FlameMeasure } from '../charts/flame/measure.ts';
import type { TraceResults } from '../../core/rpc/plugins.ts';

/** Only figures above 0 make a bar; a measure without one is not offered. */
export function findMeasures(said: readonly Pick<TraceResults, 'by' | 'results'>[]): readonly FlameMeasure[] {
  const gathered = new Map<string, FlameMeasure & { readonly values: Map<string, number> }>();
  for (const { by, results } of said) {
    for (const result of results) {
      if (result.kind !== 'flame') continue;
      const { unit } = result;
      const id = JSON.stringify([by, unit]);
      const measure = gathered.get(id) ?? { id, by, unit, values: new Map<string, number>() };
      gathered.set(id, measure);
      for (const { spanId, value } of result.values) if (value > 0) measure.values.set(spanId, value);
    }
  }
  return [...gathered.values()].filter(({ values }) => values.size > 0);
}
