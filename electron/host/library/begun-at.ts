import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { Library } from './library.ts';

/** When a segment got its first record, `nowUs` where it has none: its hour does not begin again with every start. */
export function begunAtUs(library: Library, segment: SegmentNumber, nowUs: EpochUs): EpochUs {
  const { traces } = library.tables.get(segment).table;
  return traces.reduce(
    (first, { firstSeenUs }) => (firstSeenUs > 0 ? Math.min(first, firstSeenUs) : first),
    nowUs,
  );
}
