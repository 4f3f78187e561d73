/** Questions over all traces of a stored library: the first, which reads its columns, and those after it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { computeCorpusFlame } from '../../../core/analysis/corpus/corpus-flame.ts';
import { computeCorpusGroups } from '../../../core/analysis/corpus/corpus-groups.ts';
import { computeCorpusInsights } from '../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusLoops } from '../../../core/analysis/corpus/corpus-loops.ts';
import { computeCorpusMap } from '../../../core/analysis/corpus/corpus-map.ts';
import { COLUMN_NAMES } from '../../../core/model/span-table.ts';
import type { CorpusScope } from '../../../core/rpc/corpus.ts';
import { SummaryColumns } from '../../../core/store/summary-columns.ts';
import { CorpusDesk, type AskCorpus } from '../../../electron/host/corpus/corpus-desk.ts';
import { systemClock } from '../../../electron/host/host.ts';
import { openStore } from '../../../electron/host/open-store.ts';
import { readPrices } from '../../../electron/host/prices/read-prices.ts';
import type { TraceStore } from '../../../electron/host/trace-store.ts';
import { median, quantile } from '../median.ts';
import { measureQueries, type QueryFigure } from './measure-query.ts';

type Question = AskCorpus<{ readonly scope: CorpusScope }>;

const QUESTIONS: Readonly<Record<string, Question>> = {
  map: computeCorpusMap,
  insights: computeCorpusInsights,
  loops: (question, { identify }) => computeCorpusLoops(question, identify),
  flame: (question) => computeCorpusFlame(question, 'time'),
  groups: (question) => computeCorpusGroups(question, 'group'),
};

export const QUESTION_NAMES = Object.keys(QUESTIONS);

export interface QuestionFigures {
  readonly question: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of this process; a busy machine distorts it less. */
  readonly cpuMs: number;
  /** Against one pass over the same columns in the same run. */
  readonly passes: number;
}

export interface CorpusFigures {
  readonly spans: number;
  readonly traces: number;
  /** One sum over every value of every column of all segments, in memory. */
  readonly passMs: number;
  /** The first question of all, and what it took of the processor. */
  readonly coldMs: number;
  readonly coldCpuMs: number;
  /** The longest that anything else had to wait for the thread, cold and warm. */
  readonly coldStallMs: number;
  readonly warmStallMs: number;
  readonly factBytes: number;
  readonly warm: readonly QuestionFigures[];
  /** Of the page's list, over its own columns. */
  readonly list: readonly QueryFigure[];
}

export async function measureCorpus(directory: string, runs: number): Promise<CorpusFigures> {
  const store = await openStore(directory, systemClock);
  const parts = { library: store.library, clock: systemClock, readPrices: () => readPrices(directory) };
  const desk = new CorpusDesk(parts);
  let asked = 0;
  const ask = (make: Question): Promise<{ readonly scope: CorpusScope }> =>
    desk.ask({ runId: `run ${String(asked++)}`, query: '' }, make, () => undefined);
  const cold = await timed(() => ask(computeCorpusMap));
  const passMs = median(Array.from({ length: 3 }, () => passOver(store)));
  const warm: QuestionFigures[] = [];
  let stallMs = 0;
  for (const [question, make] of Object.entries(QUESTIONS)) {
    const times = [];
    for (let run = 0; run < runs; run++) times.push(await timed(() => ask(make)));
    const p50Ms = median(times.map(({ ms }) => ms));
    stallMs = Math.max(stallMs, ...times.map((each) => each.stallMs));
    warm.push({
      question,
      p50Ms,
      p95Ms: quantile(
        times.map(({ ms }) => ms),
        0.95,
      ),
      cpuMs: median(times.map(({ cpuMs }) => cpuMs)),
      passes: p50Ms / passMs,
    });
  }
  const { scope } = cold.result;
  const figures = {
    ...{ spans: scope.spans, traces: scope.traces, passMs, warm, warmStallMs: stallMs },
    ...{ list: measureQueries(listColumns(store), runs) },
    ...{ coldMs: cold.ms, coldCpuMs: cold.cpuMs, coldStallMs: cold.stallMs, factBytes: desk.bytesPerSpan },
  };
  desk.stop();
  await store.close();
  return figures;
}

interface Timed<Result> {
  readonly result: Result;
  readonly ms: number;
  readonly cpuMs: number;
  readonly stallMs: number;
}

async function timed<Result>(run: () => Promise<Result>): Promise<Timed<Result>> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await run();
  const ms = performance.now() - began;
  const used = process.cpuUsage(cpu);
  delay.disable();
  return { result, ms, cpuMs: (used.user + used.system) / 1000, stallMs: delay.max / 1e6 };
}

/** As the page has them. */
function listColumns({ library }: TraceStore): SummaryColumns {
  const columns = new SummaryColumns();
  for (const summary of library.summaries()) columns.upsert(summary);
  return columns;
}

/** The least that any count has to do: each value is read once. Reading the segments from the disk is not timed. */
function passOver(store: TraceStore): number {
  let ms = 0;
  for (const { segment } of store.library.tables.extents()) {
    const { table } = store.library.tables.get(segment);
    const began = performance.now();
    let sum = 0;
    for (const name of COLUMN_NAMES) {
      const column = table.columns[name];
      for (let row = 0; row < table.length; row++) sum += column[row] ?? 0;
    }
    ms += performance.now() - began;
    if (sum === Infinity) throw new Error('a column holds what it cannot');
  }
  return ms;
}
