/** `analyze`: what files hold, folded as one corpus and kept nowhere. */
import { foldFiles } from '../../electron/host/import/fold-files.ts';
import { newestFirst } from '../../core/analysis/newest-first.ts';
import { systemClock } from '../../electron/host/host.ts';
import { formatReport } from '../file-reports.ts';
import { formatFindings } from '../finding-list.ts';
import { ExitCode, formatTable, print, printJsonList, say } from '../output.ts';
import { isWhole } from './import.ts';
import { HEAD, rowOf } from './list.ts';
import { sumTotals } from '../totals.ts';
import { writeReport } from '../write-report.ts';

export interface AnalyzeOptions {
  readonly json?: boolean;
  /** A file that gets the reports of the files, as JSON. */
  readonly report?: string;
}

export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  const { summaries, findings, files } = await foldFiles(paths, systemClock);
  const traces = newestFirst(summaries);
  const totals = sumTotals(traces);
  const isWritten = options.report === undefined || (await writeReport(options.report, files));
  if (options.json === true) {
    const told = traces.map((trace) => ({ ...trace, findings: findings.get(trace.id) ?? [] }));
    await printJsonList({ totals, files }, 'traces', told);
  } else {
    if (traces.length > 0) await print(formatTable([HEAD, ...traces.map(rowOf)]));
    await print(formatFindings(traces, findings));
    for (const report of files) say(formatReport(report).trimEnd());
  }
  return isWritten && files.every(isWhole) ? ExitCode.done : ExitCode.partial;
}
