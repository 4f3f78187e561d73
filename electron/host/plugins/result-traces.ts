/** Which traces a result names: what names one that was deleted goes with it. */
import type { PluginResult } from '../../../core/plugin-api/results.ts';

export function traceIdsOf(result: PluginResult): readonly string[] {
  switch (result.kind) {
    case 'alert':
    case 'flame':
      return [result.traceId];
    case 'annotations':
      return result.marks.map(({ traceId }) => traceId);
    case 'table': {
      const { columns, rows } = result;
      const isTrace = columns.map(({ type }) => type === 'trace');
      return rows.flatMap((row) => row.flatMap((cell, i) => (isTrace[i] === true ? [String(cell)] : [])));
    }
    default:
      return [];
  }
}
