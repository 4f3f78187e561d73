/** Results of plugins for a person: as tables of a terminal, or as markdown. Pictures of them are for the app. */
import { countText } from '../core/analysis/count-text.ts';
import { assertNever } from '../core/model/assert.ts';
import { visible } from '../core/analysis/text-view.ts';
import type { PluginResult } from '../core/plugin-api/results.ts';
import type { PluginRun } from '../electron/host/plugins/run-analyses.ts';
import { formatTable } from './output.ts';

/** Head and rows of texts. */
export type Rows = readonly (readonly string[])[];
export type WriteRows = (rows: Rows) => string;

/** All results under the names of their plugins; alerts stand among the findings. */
export function formatRuns(runs: readonly PluginRun[], headMark: string, writeRows: WriteRows): string {
  return runs
    .map(({ id, version, status, results }) => {
      const head = `${headMark}${id} ${version}${status === 'failed' ? ' (failed)' : ''}\n`;
      const told = results.map((result) => formatResult(result, writeRows)).filter((text) => text !== '');
      return ['', head, ...told].join('\n');
    })
    .join('');
}

/** A table as markdown: what would end a cell is escaped. */
export function writeMarkdownRows(rows: Rows): string {
  const [head = [], ...rest] = rows.map((row) => row.map(escapeCell));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('');
}

export const writeTerminalRows: WriteRows = formatTable;

function escapeCell(text: string): string {
  return visible(text).replaceAll(/[\\|<>`*_[\]]/g, String.raw`\$&`);
}

function formatResult(result: PluginResult, writeRows: WriteRows): string {
  switch (result.kind) {
    case 'table': {
      const head = result.columns.map(({ key, unit }) => (unit === undefined ? key : `${key} (${unit})`));
      return writeRows([head, ...result.rows.map((row) => row.map((cell) => String(cell ?? '')))]);
    }
    case 'series':
      return writeRows([['x', 'y'], ...result.points.map(({ x, y }) => [String(x), String(y)])]);
    case 'graph':
      return writeRows([
        ['from', 'to', 'weight'],
        ...result.edges.map(({ from, to, weight }) => [from, to, String(weight)]),
      ]);
    case 'markdown':
      return `${result.text.split('\n').map(visible).join('\n')}\n`;
    case 'annotations':
      return writeRows([
        ['trace', 'span', 'badge', 'text'],
        ...result.marks.map(({ traceId, spanId, badge, text }) => [traceId, spanId, badge, text]),
      ]);
    case 'flame':
      return `${countText(result.values.length, 'value')} for the flame graph of ${visible(result.traceId)}.\n`;
    case 'alert':
      return '';
    default:
      return assertNever(result);
  }
}
