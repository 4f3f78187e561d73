/**
 * What is asked about a trace besides its picture. Each answer is a pure function of the model and a question,
 * so that the worker, which holds the same trace, gives it where the trace is large.
 */
import { computeCompleteness } from '../../../core/analysis/completeness.ts';
import { openPriceBook, type PriceFiles } from '../../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { computeSpanCosts, type SpanCosts } from '../../../core/analysis/cost/span-costs.ts';
import { computeCriticalPath } from '../../../core/analysis/critical-path.ts';
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { computeSpanExtents } from '../../../core/analysis/span-extents.ts';
import {
  computeSpanStatistics,
  type StatisticsBy,
  type StatisticsRow,
} from '../../../core/analysis/span-statistics.ts';
import { findUsageLeaves } from '../../../core/analysis/usage-leaves.ts';
import type { Finding } from '../../../core/model/finding.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { FlameModel } from './model.ts';

/** A question of one name. */
export type TraceQuestion =
  | { readonly name: 'findings'; readonly summary: TraceSummary }
  | {
      readonly name: 'statistics';
      readonly by: StatisticsBy;
      /** Where open spans end. */
      readonly endUs: EpochUs;
      readonly usd: Float64Array | undefined;
    }
  | {
      readonly name: 'costs';
      readonly prices: PriceFiles;
      /** Says which prices these are: `PriceBook.id`. */
      readonly priceId: string;
    }
  /** Which spans the critical path leads through. */
  | { readonly name: 'path-marks'; readonly endUs: EpochUs };

/** The answer to a question, by its name. */
export interface TraceAnswers {
  readonly findings: readonly Finding[];
  readonly statistics: { readonly by: StatisticsBy; readonly rows: readonly StatisticsRow[] };
  readonly costs: SpanCosts;
  /** By row: 1 where it is on the path. */
  readonly 'path-marks': Uint8Array;
}

export type QuestionName = TraceQuestion['name'];
export type QuestionOf<Name extends QuestionName> = Extract<TraceQuestion, { readonly name: Name }>;

type Answering = {
  readonly [Name in QuestionName]: (model: FlameModel, question: QuestionOf<Name>) => TraceAnswers[Name];
};

/** As it was read for the last question about costs. */
let book: PriceBook | undefined;

const ANSWERING: Answering = {
  findings: ({ table, tree }, { summary }) => computeCompleteness(table, tree, summary),
  statistics: ({ table, tree }, { by, endUs, usd }) => {
    const input = {
      ...{ table, tree, usd, extents: computeSpanExtents(table, endUs) },
      ...{ selfUs: computeSelfTimes(table, tree, endUs), leaves: findUsageLeaves(table, tree) },
    };
    return { by, rows: computeSpanStatistics(input, by) };
  },
  costs: ({ table, tree }, { prices, priceId }) => {
    // Reading a thousand models takes longer than pricing a trace of some thousand spans.
    if (book?.id !== priceId) book = openPriceBook(prices);
    return computeSpanCosts(table, tree, book);
  },
  'path-marks': ({ table, tree, count }, { endUs }) => {
    const marks = new Uint8Array(count);
    for (const { row } of computeCriticalPath(table, tree, endUs).segments) if (row >= 0) marks[row] = 1;
    return marks;
  },
};

export function answerQuestion<Name extends QuestionName>(
  model: FlameModel,
  question: QuestionOf<Name> & { readonly name: Name },
): TraceAnswers[Name] {
  return ANSWERING[question.name](model, question);
}
