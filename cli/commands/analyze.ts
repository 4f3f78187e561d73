/** `analyze`: what files hold, folded as one corpus and kept nowhere. */
import { foldFiles } from '../../electron/host/import/fold-files.ts';
import { newestFirst } from '../../core/analysis/newest-first.ts';
import { systemClock } from '../../electron/host/host.ts';
import { formatReport } from '../file-reports.ts';
import { ExitCode, formatTable, print, printJsonList, say } from '../output.ts';
import { isWhole } from './import.ts';
import { HEAD, rowOf } from './list.ts';
import { sumTotals } from '../totals.ts';

export interface AnalyzeOptions {
  readonly json?: boolean;
}

export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  const { summaries, files } = await foldFiles(paths, systemClock);
  const traces = newestFirst(summaries);
  const totals = sumTotals(traces);
  if (options.json === true) {
    await printJsonList({ totals, files }, 'traces', traces);
  } else {
    if (traces.length > 0) await print(formatTable([HEAD, ...traces.map(rowOf)]));
    for (const report of files) say(formatReport(report).trimEnd());
  }
  return files.every(isWhole) ? ExitCode.done : ExitCode.partial;
}
