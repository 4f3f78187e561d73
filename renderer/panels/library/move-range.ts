/** A range of time moved, widened or narrowed bar by bar, for those who do not drag. */
import type { EpochUs } from '../../../core/model/time.ts';
import type { TimeHistogram } from '../../../core/store/library-query.ts';
import type { KeyAction } from '../../format/key-table.ts';

export interface TimeRange {
  readonly fromUs: EpochUs;
  readonly toUs: EpochUs;
}

/** From no range, any step but the way back leads to the newest bar. */
export function moveRange(
  range: TimeRange | undefined,
  { startUs, stepUs, counts }: TimeHistogram,
  action: KeyAction<'times'>,
): TimeRange | undefined {
  if (action === 'anyTime') return undefined;
  const endUs = startUs + counts.length * stepUs;
  if (range === undefined) return { fromUs: endUs - stepUs, toUs: endUs };
  const within = (us: EpochUs): EpochUs => Math.min(Math.max(us, startUs), endUs);
  const { fromUs, toUs } = range;
  switch (action) {
    case 'later': {
      const shift = within(toUs + stepUs) - toUs;
      return { fromUs: fromUs + shift, toUs: toUs + shift };
    }
    case 'earlier': {
      const shift = within(fromUs - stepUs) - fromUs;
      return { fromUs: fromUs + shift, toUs: toUs + shift };
    }
    case 'wider':
      return { fromUs: within(fromUs - stepUs), toUs };
    case 'narrower':
      return toUs - fromUs <= stepUs ? range : { fromUs: fromUs + stepUs, toUs };
  }
}
