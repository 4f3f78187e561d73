/** A trace as indented text: for terminals, for tickets, for a model that is asked about it. */
import { at } from '../model/assert.ts';
import { KIND_DEFINITIONS } from '../model/kinds/registry.ts';
import { kindOf } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { countText } from './count-text.ts';
import { durationText } from './duration-text.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * The head of the trace and one line a span: indentation is depth, then name, kind, offset from the start,
 * duration, tokens and marks. Control characters of the trace's own text are shown as escapes.
 */
export function writeTextView(summary: TraceSummary, spans: SpanTable, tree: SpanTree): string {
  const start = smallestStart(spans);
  const head = [
    `${visible(summary.workflowName || '(no workflow name)')}  ${visible(summary.id)}`,
    `${summary.status.replace('_', ' ')}, started ${summary.startedAt}, ${durationText(summary.durationMs * 1000)}, ` +
      `${countText(summary.spans, 'span')}, ${countText(summary.errors, 'error')}, tokens ${tokensText(summary)}`,
  ];
  const lines = [...tree.preorder].map((row) => spanLine(spans, tree, row, start));
  return [...head, '', ...lines, ''].join('\n');
}

function spanLine(spans: SpanTable, tree: SpanTree, row: number, start: number): string {
  const c = spans.columns;
  const flags = at(c.flags, row);
  const begin = at(c.startUs, row);
  const end = at(c.endUs, row);
  const label = KIND_DEFINITIONS[kindOf(at(c.kind, row))].label.toLowerCase();
  const parts = [
    `${indentation(at(tree.depth, row))}${visible(spans.name(row))}`,
    `[${label}]`,
    `+${durationText(begin - start)}`,
    flags & SpanFlag.ended ? durationText(end - begin) : 'running',
  ];
  const input = at(c.inputTokens, row);
  const output = at(c.outputTokens, row);
  if (input >= 0 || output >= 0) parts.push(`${known(input)} in, ${known(output)} out`);
  if (flags & SpanFlag.triggered) parts.push('triggered');
  if (flags & SpanFlag.error) parts.push(flags & SpanFlag.nonFatal ? 'error (non-fatal)' : 'error');
  if (c.parentForm[row] !== 0 && at(tree.parent, row) < 0) parts.push('parent not received');
  return parts.join('  ');
}

/** Two blanks a level; past MOST_LEVELS the level as a number, or a chain of spans would fill the memory. */
function indentation(depth: number): string {
  return depth <= MOST_LEVELS
    ? '  '.repeat(depth - 1)
    : `${'  '.repeat(MOST_LEVELS - 1)}(level ${String(depth)}) `;
}

const MOST_LEVELS = 40;

function smallestStart(spans: SpanTable): number {
  let start = Number.POSITIVE_INFINITY;
  for (let row = 0; row < spans.length; row++)
    start = Math.min(start, at(spans.columns.startUs, row) || start);
  return start;
}

function known(tokens: number): string {
  return tokens < 0 ? '?' : String(tokens);
}

function tokensText({ tokens }: TraceSummary): string {
  const total = tokens.total === null ? 'unknown' : String(tokens.total);
  return tokens.basis === 'partial' ? `${total} (partial)` : total;
}

/** Text of a trace with its control characters shown, so that it cannot steer a terminal. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
