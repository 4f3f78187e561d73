/** What became of files, for a person. */
import { countText } from '../core/analysis/count-text.ts';
import { timeLeftText } from '../core/analysis/time-left-text.ts';
import { visible } from '../core/analysis/text-view.ts';
import type { Diagnostic } from '../core/model/diagnostic.ts';
import type { FileReport, ImportProgress } from '../core/rpc/contract.ts';
import { print } from './output.ts';

const SHOWN_DIAGNOSTICS = 20;

/** One line a file, and below it what was left out and why. */
export async function printReports(reports: readonly FileReport[]): Promise<void> {
  for (const report of reports) await print(formatReport(report));
}

export function formatReport({ path, format, traces, spans, skipped, diagnostics }: FileReport): string {
  const counts = `${countText(traces, 'trace')}, ${countText(spans, 'span')}`;
  const left = skipped === 0 ? '' : `, ${countText(skipped, 'record')} left out`;
  const lines = diagnostics
    .slice(0, SHOWN_DIAGNOSTICS)
    .map((diagnostic) => `  ${placeOf(diagnostic)}${diagnostic.message}`);
  const more = diagnostics.length - lines.length;
  if (more > 0) lines.push(`  and ${String(more)} more`);
  return `${[`${visible(path)}: ${format || 'unknown format'}, ${counts}${left}`, ...lines].join('\n')}\n`;
}

function placeOf({ line, offset }: Diagnostic): string {
  if (line !== undefined) return `line ${String(line)}: `;
  return offset === undefined ? '' : `byte ${String(offset)}: `;
}

/** Shows progress on a terminal's stderr, and nothing where stderr is a file. */
export function sayProgress(): (progress: ImportProgress) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (progress) => {
    process.stderr.write(`\r${formatProgress(progress)}\x1b[K`);
    if (progress.share >= 1) process.stderr.write('\n');
  };
}

/** `42 %, reading, 12,000 spans, 64.2 MB of 150.0 MB, 31,000 a second, about 20 seconds left`. */
export function formatProgress(progress: ImportProgress): string {
  const { bytesRead, bytesTotal, spans, spansPerSecond, step, share, secondsLeft } = progress;
  const parts = [
    `${String(Math.floor(share * 100))} %`,
    step === 'reading' ? 'reading' : 'adding to the library',
    countText(spans, 'span'),
    `${megabytes(bytesRead)} of ${megabytes(bytesTotal)}`,
    `${countText(spansPerSecond, 'span')} a second`,
  ];
  if (secondsLeft !== undefined) parts.push(timeLeftText(secondsLeft));
  return parts.join(', ');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
