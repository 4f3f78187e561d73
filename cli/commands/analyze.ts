/** `analyze`: what files hold and what plugins say of it, folded as one corpus and kept nowhere. */
import { foldFiles, type FoldedFiles } from '../../electron/host/import/fold-files.ts';
import { newestFirst } from '../../core/analysis/newest-first.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { FileReport } from '../../core/rpc/contract.ts';
import { assertNever } from '../../core/model/assert.ts';
import { systemClock } from '../../electron/host/host.ts';
import type { PluginRun } from '../../electron/host/plugins/run-analyses.ts';
import { meetsRule, type FailRule } from '../fail-rule.ts';
import { formatReport } from '../file-reports.ts';
import { formatFindings } from '../finding-list.ts';
import { formatJunit } from '../junit-report.ts';
import { ExitCode, print, printJsonList, say } from '../output.ts';
import { formatRuns, writeMarkdownRows, writeTerminalRows, type WriteRows } from '../plugin-results.ts';
import { joinFindings, runPlugins } from '../run-plugins.ts';
import { isWhole } from './import.ts';
import { HEAD, rowOf } from './list.ts';
import { sumTotals } from '../totals.ts';
import { addCosts } from '../trace-cost.ts';
import { mayWriteReport, writeReport } from '../write-report.ts';

export const ANALYZE_FORMATS = ['table', 'json', 'markdown', 'junit'] as const;
export type AnalyzeFormat = (typeof ANALYZE_FORMATS)[number];

export interface AnalyzeOptions {
  readonly json?: boolean;
  readonly format?: AnalyzeFormat;
  /** A file that gets the reports of the files, as JSON. */
  readonly report?: string;
  /** Folders of plugins. */
  readonly plugin?: readonly string[];
  /** A file with settings for them. */
  readonly settings?: string;
  readonly failOn?: FailRule;
}

/** All that there is to print. */
interface Analysed {
  readonly traces: readonly TraceSummary[];
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly files: readonly FileReport[];
  readonly runs: readonly PluginRun[];
  readonly openTrace: FoldedFiles['openTrace'];
}

export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  if (!(await mayWriteReport(options.report, paths))) return ExitCode.usage;
  const { summaries, findings: known, files, openTrace } = await foldFiles(paths, systemClock);
  const traces = newestFirst(summaries);
  const looked = { summaries: traces, openTrace, nowUs: systemClock() };
  const runs = await runPlugins(options.plugin ?? [], options.settings, looked);
  const findings = joinFindings(known, runs);
  const isWritten = options.report === undefined || (await writeReport(options.report, files));
  await printAnalysed({ traces, findings, files, runs, openTrace }, options);
  const { failOn } = options;
  const isFailed =
    failOn !== undefined && [...findings.values()].flat().some((finding) => meetsRule(failOn, finding));
  const isDone = isWritten && files.every(isWhole) && runs.every(({ status }) => status === 'completed');
  return isDone && !isFailed ? ExitCode.done : ExitCode.partial;
}

async function printAnalysed(
  analysed: Analysed,
  { json, format = 'table', failOn }: AnalyzeOptions,
): Promise<void> {
  const { traces, findings, files, runs, openTrace } = analysed;
  const kind = json === true ? 'json' : format;
  switch (kind) {
    case 'json': {
      const told = traces.map((trace) => ({ ...trace, findings: findings.get(trace.id) ?? [] }));
      const priced = addCosts(told, openTrace);
      await printJsonList({ totals: sumTotals(traces), files, plugins: runs }, 'traces', priced);
      return;
    }
    case 'junit':
      await print(formatJunit(traces, findings, runs, failOn));
      break;
    case 'markdown':
      await printForPeople(analysed, '## ', writeMarkdownRows);
      break;
    case 'table':
      await printForPeople(analysed, '', writeTerminalRows);
      break;
    default:
      assertNever(kind);
  }
  for (const report of files) say(formatReport(report).trimEnd());
}

async function printForPeople(
  { traces, findings, runs }: Analysed,
  headMark: string,
  writeRows: WriteRows,
): Promise<void> {
  if (traces.length > 0) await print(writeRows([HEAD, ...traces.map(rowOf)]));
  await print(formatFindings(traces, findings));
  await print(formatRuns(runs, headMark, writeRows));
}
