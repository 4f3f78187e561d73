import { expect, test } from 'vitest';
import { gridTracks, shownColumns } from '../../../../renderer/panels/library/list-columns.ts';
import { moveRange } from '../../../../renderer/panels/library/move-range.ts';

const histogram = {
  startUs: 1000,
  stepUs: 10,
  counts: [1, 2, 3, 4, 5],
  failed: [0, 0, 0, 0, 0],
  clockless: 0,
};

test('keys move a range of time by a bar, make it longer or shorter, and stop at the ends', () => {
  const newest = moveRange(undefined, histogram, 'earlier');
  expect(newest).toEqual({ fromUs: 1040, toUs: 1050 });
  expect(moveRange(newest, histogram, 'later')).toEqual(newest);
  expect(moveRange(newest, histogram, 'earlier')).toEqual({ fromUs: 1030, toUs: 1040 });
  expect(moveRange(newest, histogram, 'wider')).toEqual({ fromUs: 1030, toUs: 1050 });
  expect(moveRange({ fromUs: 1000, toUs: 1050 }, histogram, 'wider')).toEqual({ fromUs: 1000, toUs: 1050 });
  expect(moveRange({ fromUs: 1000, toUs: 1030 }, histogram, 'earlier')).toEqual({ fromUs: 1000, toUs: 1030 });
  expect(moveRange({ fromUs: 1000, toUs: 1030 }, histogram, 'narrower')).toEqual({
    fromUs: 1010,
    toUs: 1030,
  });
  expect(moveRange(newest, histogram, 'narrower')).toEqual(newest);
  expect(moveRange(newest, histogram, 'anyTime')).toBeUndefined();
});

test('status and workflow are always shown, the rest as chosen, each with its track', () => {
  const columns = shownColumns(['tokens']);
  expect(columns.map(({ id }) => id)).toEqual(['status', 'workflow', 'tokens']);
  expect(gridTracks(columns).split(' ').length).toBeGreaterThan(3);
});
