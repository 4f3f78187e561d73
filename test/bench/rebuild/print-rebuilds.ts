/** What a rebuild of the page's library takes, as a table for a person. The shape of `--json`: keys are only ever added. */
import type { DurationMs } from '../../../core/model/time.ts';

export interface RebuildFigures {
  readonly spans: number;
  readonly traces: number;
  /** Of the pages, as the host sends them. */
  readonly bytes: number;
  /** Pulling them, and doing nothing with them. */
  readonly pullMs: DurationMs;
  /** From the moment the library is deleted until it is whole again. */
  readonly rebuildMs: DurationMs;
  /** rebuildMs / pullMs. */
  readonly ratio: number;
}

const HEAD = ['spans', 'traces', 'MB', 'pull ms', 'rebuild ms', 'ratio', 'times more spans', 'times longer'];

export function printRebuilds(sizes: readonly RebuildFigures[]): string {
  const [smallest] = sizes;
  const rows = sizes.map(({ spans, traces, bytes, pullMs, rebuildMs, ratio }) => [
    ...[spans, traces].map((count) => count.toLocaleString('en-US')),
    ...[(bytes / 1e6).toFixed(1), pullMs.toFixed(0), rebuildMs.toFixed(0), ratio.toFixed(2)],
    (spans / (smallest?.spans ?? Number.NaN)).toFixed(1),
    (rebuildMs / (smallest?.rebuildMs ?? Number.NaN)).toFixed(1),
  ]);
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) => `${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ')}\n`).join('');
}
