/** Draws a table of one trace as text in the notation of README.md, so that a test compares pictures. */
import { at } from '../../core/model/assert.ts';
import { kindOf } from '../../core/model/span-kind.ts';
import { SpanFlag } from '../../core/model/span-row.ts';
import type { SpanTable } from '../../core/model/span-table.ts';
import { DRAWN_START_US } from './trace-text-record.ts';

/** The links to draw by; `linkSpans` of core/analysis gives them. */
export interface DrawnTree {
  readonly tops: Iterable<number>;
  /** -1 = none. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** The widest picture of a trace's time, in columns. */
const MOST_COLUMNS = 60;

/**
 * Draws the rows of a folded table below each other as `tree` links them. A column is a millisecond,
 * or more where the trace is longer than 60.
 */
export function writeTraceText(table: SpanTable, tree: DrawnTree): string {
  const rows = [...walk(tree)];
  const labels = rows.map(({ row, depth }) => `${'  '.repeat(depth)}${labelOf(table, row)}`);
  const kinds = rows.map(({ row }) => kindOf(at(table.columns.kind, row)));
  const labelWidth = Math.max(0, ...labels.map((label) => label.length));
  const kindWidth = Math.max(0, ...kinds.map((kind) => kind.length));
  const ends = rows.map(({ row }) => msOf(at(table.columns.endUs, row)) ?? 0);
  const msPerColumn = Math.max(1, Math.ceil(Math.max(0, ...ends) / MOST_COLUMNS));
  const lines = rows.map(({ row }, i) =>
    [
      at(labels, i).padEnd(labelWidth),
      at(kinds, i).padEnd(kindWidth),
      `${timeOf(table, row, msPerColumn)}${tagsOf(table, row)}`,
    ].join('  '),
  );
  return lines.join('\n');
}

function* walk(tree: DrawnTree): Generator<{ readonly row: number; readonly depth: number }> {
  const stack = [...tree.tops].map((row) => ({ row, depth: 0 })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const children: { row: number; depth: number }[] = [];
    for (let row = at(tree.firstChild, next.row); row >= 0; row = at(tree.nextSibling, row)) {
      children.push({ row, depth: next.depth + 1 });
    }
    stack.push(...children.reverse());
  }
}

function labelOf(table: SpanTable, row: number): string {
  if (kindOf(at(table.columns.kind, row)) === 'handoff') {
    return `${table.text('agent', row) ?? ''}>${table.text('target', row) ?? ''}`;
  }
  return table.strings.at(at(table.columns.name, row)) ?? table.text('model', row) ?? '-';
}

function timeOf(table: SpanTable, row: number, msPerColumn: number): string {
  const start = msOf(at(table.columns.startUs, row));
  const end = msOf(at(table.columns.endUs, row));
  const from = Math.round((start ?? 0) / msPerColumn);
  const first = `${' '.repeat(from)}${start === undefined ? '?' : String(start)}`;
  if (end === undefined) return `${first}...`;
  const last = String(end);
  const dashes = Math.round(end / msPerColumn) + 1 - first.length - last.length;
  return `${first}${'-'.repeat(Math.max(1, dashes))}${last}`;
}

function msOf(us: number): number | undefined {
  return Number.isNaN(us) ? undefined : (us - DRAWN_START_US) / 1000;
}

function tagsOf(table: SpanTable, row: number): string {
  const flags = at(table.columns.flags, row);
  const kind = kindOf(at(table.columns.kind, row));
  const tokens = (
    [
      ['in', table.columns.inputTokens],
      ['out', table.columns.outputTokens],
      ['cached', table.columns.cachedTokens],
      ['written', table.columns.cacheWriteTokens],
      ['reasoning', table.columns.reasoningTokens],
      ['total', table.columns.totalTokens],
    ] as const
  )
    .filter(([, column]) => at(column, row) >= 0)
    .map(([tag, column]) => `${tag}=${String(at(column, row))}`);
  const model = table.text('model', row);
  const agent = table.text('agent', row);
  const target = table.text('target', row);
  const tags = [
    ...((kind === 'agent' || kind === 'function') && target !== undefined
      ? [`to=${quoted(target.replaceAll('\n', ','))}`]
      : []),
    ...((kind === 'turn' || kind === 'function') && agent !== undefined ? [`agent=${quoted(agent)}`] : []),
    ...(model !== undefined && model !== labelOf(table, row) ? [`model=${quoted(model)}`] : []),
    ...tokens,
    ...(flags & SpanFlag.triggered ? ['tripped'] : []),
    ...(flags & SpanFlag.processor ? ['live'] : []),
    ...(flags & SpanFlag.error ? [flags & SpanFlag.nonFatal ? '!(non-fatal)' : '!error'] : []),
  ];
  return tags.map((tag) => `  ${tag}`).join('');
}

function quoted(text: string): string {
  return text.includes(' ') ? `"${text}"` : text;
}
