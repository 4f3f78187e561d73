/** The sums over traces that `analyze` prints. */
import type { TokenBasis, TraceSummary, TraceTokens } from '../core/model/trace-summary.ts';

export interface Totals {
  readonly traces: number;
  readonly spans: number;
  readonly errors: number;
  readonly tokens: TraceTokens;
}

export function sumTotals(traces: readonly TraceSummary[]): Totals {
  return {
    traces: traces.length,
    spans: sum(traces.map(({ spans }) => spans)),
    errors: sum(traces.map(({ errors }) => errors)),
    tokens: {
      input: sumKnown(traces, 'input'),
      output: sumKnown(traces, 'output'),
      cached: sumKnown(traces, 'cached'),
      reasoning: sumKnown(traces, 'reasoning'),
      total: sumKnown(traces, 'total'),
      basis: weakestBasis(traces),
    },
  };
}

/** From the surest to the least sure. */
const BASES: readonly TokenBasis[] = ['model-spans', 'root-task', 'turns', 'partial'];

/** A sum is as sure as its least sure part; where some parts are unknown, it is partial. */
function weakestBasis(traces: readonly TraceSummary[]): TokenBasis {
  const bases = new Set(traces.map(({ tokens }) => tokens.basis));
  const known = BASES.filter((basis) => bases.has(basis));
  const weakest = known.at(-1);
  if (weakest === undefined) return 'unknown';
  return bases.has('unknown') ? 'partial' : weakest;
}

/** null where no trace knows. */
function sumKnown(
  traces: readonly TraceSummary[],
  key: 'input' | 'output' | 'cached' | 'reasoning' | 'total',
): number | null {
  const known = traces.flatMap(({ tokens }) => tokens[key] ?? []);
  return known.length === 0 ? null : sum(known);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
