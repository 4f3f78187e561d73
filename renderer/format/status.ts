/** A trace's status in words. */
import type { TraceStatus } from '../../core/model/trace-summary.ts';

export const STATUS_LABEL: Readonly<Record<TraceStatus, string>> = {
  in_progress: 'In progress',
  completed: 'Completed',
  failed: 'Failed',
};
