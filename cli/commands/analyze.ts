/** `analyze`: what files hold and what plugins say of it, folded as one corpus and kept nowhere. */
import { foldFiles, type FoldedFiles } from '../../electron/host/import/fold-files.ts';
import { openPriceBook } from '../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../core/analysis/cost/price-book.ts';
import { newestFirst } from '../../core/analysis/newest-first.ts';
import { writeTextView } from '../../core/analysis/text-view.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { FileReport } from '../../core/rpc/contract.ts';
import { traceQuestion } from '../../core/query/match-trace.ts';
import { ALL, type QueryNode } from '../../core/query/query-tree.ts';
import { makeLocalClock } from '../../electron/host/query/local-clock.ts';
import { readFacts } from '../../electron/host/query/trace-facts.ts';
import { readSnapshot } from '../../electron/host/prices/read-prices.ts';
import { assertNever } from '../../core/model/assert.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import type { PluginRun } from '../../electron/host/plugins/run-analyses.ts';
import { meetsRule, type FailRule } from '../fail-rule.ts';
import { FoldedCorpus } from '../folded-corpus.ts';
import { formatReport } from '../file-reports.ts';
import { formatFindings } from '../finding-list.ts';
import { formatJunit } from '../junit-report.ts';
import { ExitCode, print, printJsonList, say } from '../output.ts';
import { formatRuns, writeMarkdownRows, writeTerminalRows, type WriteRows } from '../plugin-results.ts';
import { joinFindings, runPlugins } from '../run-plugins.ts';
import { analyzeLibrary } from './analyze-library.ts';
import { isWhole } from './import.ts';
import { HEAD, rowOf } from './list.ts';
import { sumTotals } from '../totals.ts';
import { addCosts } from '../trace-cost.ts';
import { readQueryOption } from '../query-option.ts';
import { mayWriteReport, writeReport } from '../write-report.ts';

export const ANALYZE_FORMATS = ['table', 'json', 'markdown', 'text', 'junit'] as const;
export type AnalyzeFormat = (typeof ANALYZE_FORMATS)[number];

export interface AnalyzeOptions {
  /** Only the traces that it finds. */
  readonly query?: string;
  readonly json?: boolean;
  readonly format?: AnalyzeFormat;
  /** A file that gets the reports of the files, as JSON. */
  readonly report?: string;
  /** Ids of plugins, or their folders. */
  readonly plugin?: readonly string[];
  /** Where installed plugins are looked for. */
  readonly data?: string;
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
  /** What selected the traces; empty: all. */
  readonly query: string;
}

export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  return paths.length === 0 ? await analyzeLibrary(options) : await analyzeFiles(paths, options);
}

async function analyzeFiles(paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  const tree = options.query === undefined ? ALL : readQueryOption(options.query);
  if (tree === undefined || !(await mayWriteReport(options.report, paths))) return ExitCode.usage;
  const folded = await foldFiles(paths, systemClock);
  const { files, openTrace } = folded;
  const traces = newestFirst(chooseQueried(folded, tree));
  const known = new Map(traces.map(({ id }) => [id, folded.findings.get(id) ?? []]));
  const looked = { summaries: traces, openTrace, nowUs: systemClock() };
  const runs = await runPlugins(
    options.plugin ?? [],
    findDataDirectory(options.data),
    options.settings,
    looked,
  );
  const findings = joinFindings(known, runs);
  const isWritten = options.report === undefined || (await writeReport(options.report, files));
  await printAnalysed({ traces, findings, files, runs, openTrace, query: options.query ?? '' }, options);
  const { failOn } = options;
  const isFailed =
    failOn !== undefined && [...findings.values()].flat().some((finding) => meetsRule(failOn, finding));
  const isDone = isWritten && files.every(isWhole) && runs.every(({ status }) => status === 'completed');
  return isDone && !isFailed ? ExitCode.done : ExitCode.partial;
}

/** Costs are those of the build's own prices, as in what is printed. */
function chooseQueried({ summaries, openTrace }: FoldedFiles, tree: QueryNode): readonly TraceSummary[] {
  if (tree.kind === 'all') return summaries;
  const question = traceQuestion(tree, makeLocalClock(systemClock()));
  const book = openOwnBook();
  return summaries.filter((summary) =>
    question(
      summary,
      readFacts(() => openTrace(summary.id), book),
    ),
  );
}

async function printAnalysed(
  analysed: Analysed,
  { json, format = 'table', failOn }: AnalyzeOptions,
): Promise<void> {
  const { traces, findings, files, runs } = analysed;
  const kind = json === true ? 'json' : format;
  switch (kind) {
    case 'json':
      await printAsJson(analysed);
      return;
    case 'text':
      for (const summary of traces) await print(textOf(summary, analysed.openTrace));
      break;
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

/** What all traces come to stands behind them: each is looked at once. */
async function printAsJson({ traces, findings, files, runs, openTrace, query }: Analysed): Promise<void> {
  const corpus = new FoldedCorpus(openOwnBook());
  const summaries = new Map(traces.map((trace) => [trace.id, trace]));
  const told = traces.map((trace) => ({ ...trace, findings: findings.get(trace.id) ?? [] }));
  const priced = addCosts(told, (traceId) => {
    const trace = openTrace(traceId);
    const summary = summaries.get(traceId);
    if (summary !== undefined) corpus.add(summary, trace);
    return trace;
  });
  const before = { totals: sumTotals(traces), files, plugins: runs };
  await printJsonList(before, 'traces', priced, () => ({ corpus: corpus.describe(query, openTrace) }));
}

/** The build's own prices: what is analyzed anywhere comes to the same figures. */
function openOwnBook(): PriceBook {
  return openPriceBook({ snapshot: readSnapshot(), own: null, ownId: '' });
}

function textOf(summary: TraceSummary, openTrace: FoldedFiles['openTrace']): string {
  const { spans, tree } = openTrace(summary.id);
  return `${writeTextView(summary, spans, tree)}\n`;
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
