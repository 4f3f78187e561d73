import { expect, test } from 'vitest';
import { NO_FILTER } from '../../../../core/store/library-query.ts';
import { filterChips, isFiltered, toggleValue } from '../../../../renderer/panels/library/filter-words.ts';
import { gridTracks, shownColumns } from '../../../../renderer/panels/library/list-columns.ts';
import { moveRange } from '../../../../renderer/panels/library/move-range.ts';

const histogram = { startUs: 1000, stepUs: 10, counts: [1, 2, 3, 4, 5], failed: [0, 0, 0, 0, 0] };

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

test('every condition but the words is a chip, and taking all of them away leaves no filter', () => {
  let filter = toggleValue(toggleValue(NO_FILTER, 'status', 'failed'), 'workflow', '');
  filter = { ...filter, minErrors: 2, fromUs: 0, toUs: 60_000_000 };
  expect(filterChips(filter).map(({ text }) => text.replace(/ .*/, ''))).toEqual([
    'status:Failed',
    'workflow:Unnamed',
    'Jan',
    'errors≥2',
  ]);
  while (filterChips(filter).length > 0) filter = filterChips(filter).at(-1)?.without ?? filter;
  expect(isFiltered(filter)).toBe(false);
});

test('a value that is chosen twice is let go', () => {
  const once = toggleValue(NO_FILTER, 'agent', 'Billing');
  expect(once.agent).toEqual(['Billing']);
  expect(toggleValue(once, 'agent', 'Billing')).toEqual(NO_FILTER);
});

test('status and workflow are always shown, the rest as chosen, each with its track', () => {
  const columns = shownColumns(['tokens']);
  expect(columns.map(({ id }) => id)).toEqual(['status', 'workflow', 'tokens']);
  expect(gridTracks(columns).split(' ').length).toBeGreaterThan(3);
});
