/** Which part of the insights one looks at: kept while one is elsewhere, so that a way back leads to it. */
import type { FlameWeight, InsightTable } from '../../core/rpc/corpus.ts';

export type InsightsReading = InsightTable | 'overview' | 'errors' | 'guardrails' | 'slowest' | 'flame';

class ReadingChoice {
  of: InsightsReading = $state('overview');
  /** The key of the row that was chosen. */
  row: string | undefined = $state();
  weight: FlameWeight = $state('time');
}

export const insightsReading = new ReadingChoice();
