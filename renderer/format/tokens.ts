/** Tokens in words. null is unknown and is never shown as 0. */
import type { SpanTable } from '../../core/model/span-table.ts';
import type { TokenBasis, TraceTokens } from '../../core/model/trace-summary.ts';
import { formatCount } from './count.ts';

const BASIS: Readonly<Record<TokenBasis, string>> = {
  'model-spans': 'Sum over all model calls',
  'root-task': 'As the SDK summed the run',
  turns: 'As the SDK summed the turns',
  partial: 'Not every model call said its tokens: this is a part',
  unknown: 'Unknown: no span of this trace says how many tokens it used',
};

/** All that is known about a trace's tokens, one line each. */
export function describeTokens(tokens: TraceTokens): string {
  const lines = [
    ['input', tokens.input],
    ['from cache', tokens.cached],
    ['output', tokens.output],
    ['reasoning', tokens.reasoning],
  ] as const;
  const known = lines.flatMap(([name, count]) => (count === null ? [] : [`${formatCount(count)} ${name}`]));
  return [...known, BASIS[tokens.basis]].join('\n');
}

/** The tokens of one span in words, `3,118 in · 212 out · 2,560 cached`; undefined where it says none. */
export function spanTokens(table: SpanTable, row: number): string | undefined {
  const { inputTokens, outputTokens, cachedTokens, reasoningTokens, totalTokens } = table.columns;
  const parts = [
    [inputTokens[row], 'in'],
    [outputTokens[row], 'out'],
    [cachedTokens[row], 'cached'],
    [reasoningTokens[row], 'reasoning'],
  ] as const;
  const known = parts.flatMap(([count = -1, name], i) =>
    count < 0 || (count === 0 && i > 1) ? [] : [`${formatCount(count)} ${name}`],
  );
  if (known.length > 0) return known.join(' · ');
  const total = totalTokens[row] ?? -1;
  return total < 0 ? undefined : `${formatCount(total)} in all`;
}
