import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIsoUs } from '../../../core/model/time.ts';
import {
  chosenValues,
  isAskedForErrors,
  startedRange,
  toggleErrors,
  toggleValue,
  withStarted,
} from '../../../core/query/edit-query.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { QueryClock, QueryNode } from '../../../core/query/query-tree.ts';
import { utcClock } from '../../../core/query/resolve-time.ts';
import { writeQuery } from '../../../core/query/write-query.ts';

function treeOf(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  return parsed.tree;
}

const NOW = utcClock(readIsoUs('2026-11-20T12:00:00Z'));
const HOUR_US = 3_600_000_000;

test.each([
  ['', 'status:failed'],
  ['status:completed', 'status:completed,failed'],
  ['status:completed,failed duration>1s', 'status:completed duration>1s'],
  ['status:FAILED', ''],
  ['not status:failed', 'not status:failed status:failed'],
  ['a or b', '(a or b) status:failed'],
  ['agent:x', 'agent:x status:failed'],
])('a value that is clicked makes of “%s” the query “%s”', (before, after) => {
  const tree = toggleValue(treeOf(before), 'status', 'failed');
  expect(writeQuery(tree)).toBe(after);
});

test('a value that is clicked twice leaves what was there, and is chosen in between', () => {
  for (const text of ['', 'agent:Billing', 'a or b', 'workflow:x*']) {
    const once = toggleValue(treeOf(text), 'workflow', 'Customer support');
    expect(chosenValues(once, 'workflow')).toEqual(['Customer support']);
    expect(writeQuery(toggleValue(once, 'workflow', 'customer support'))).toBe(text);
  }
});

test('errors are asked for by one click and no more by the next, however it was written', () => {
  expect(writeQuery(toggleErrors(treeOf('agent:x')))).toBe('agent:x error:true');
  for (const text of ['error:true', 'errors>0', 'errors>=1']) {
    expect(isAskedForErrors(treeOf(text))).toBe(true);
    expect(writeQuery(toggleErrors(treeOf(`agent:x ${text}`)))).toBe('agent:x');
  }
  expect(isAskedForErrors(treeOf('errors>=3'))).toBe(false);
});

test('a stretch of time takes the place of all that was said of times', () => {
  const range = { fromUs: readIsoUs('2026-11-20T14:00:00Z'), toUs: readIsoUs('2026-11-20T15:30:00Z') };
  const tree = withStarted(treeOf('started:7d agent:x started<now'), range, NOW);
  expect(writeQuery(tree)).toBe('agent:x started:2026-11-20T14:00..2026-11-20T15:30');
  expect(writeQuery(withStarted(tree, undefined, NOW))).toBe('agent:x');
});

test('a stretch that is written is read again to the microsecond, in any time zone and at the change of its clocks', () => {
  /** Clocks go back an hour at this time. */
  const changeUs = readIsoUs('2026-10-25T01:00:00Z');
  const summer: QueryClock = {
    nowUs: NOW.nowUs,
    zoneOffsetUs: (us) => (us < changeUs ? 2 : 1) * HOUR_US,
  };
  const near = fc.integer({ min: changeUs - 3 * HOUR_US, max: changeUs + 3 * HOUR_US });
  const us = fc.oneof(
    near,
    near.map((each) => Math.round(each / 60e6) * 60e6),
    fc.integer({ min: 0, max: 4e15 }),
  );
  fc.assert(
    fc.property(us, us, fc.constantFrom(summer, NOW), (a, b, clock) => {
      const range = { fromUs: Math.min(a, b), toUs: Math.max(a, b) };
      const text = writeQuery(withStarted(treeOf(''), range, clock));
      expect(startedRange(treeOf(text), clock)).toEqual(range);
    }),
  );
});

test.each([
  ['started:today', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['started:yesterday', '2026-11-19T00:00:00Z', '2026-11-20T00:00:00Z'],
  ['started:7d', '2026-11-13T12:00:00Z', undefined],
  ['started>=24h', '2026-11-19T12:00:00Z', undefined],
  ['started<2026-11-20', undefined, '2026-11-20T00:00:00Z'],
  ['started<=2026-11-20', undefined, '2026-11-21T00:00:00Z'],
  ['started>2026-11-20', '2026-11-21T00:00:00Z', undefined],
  ['started:2026-02', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
  ['started:2026', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['started:2026-11-18..2026-11-19', '2026-11-18T00:00:00Z', '2026-11-20T00:00:00Z'],
  ['started:2026-11-18T14:00..2026-11-18T15:00', '2026-11-18T14:00:00Z', '2026-11-18T15:00:00Z'],
  ['started:2026-11-18T14:00+01:00', '2026-11-18T13:00:00Z', '2026-11-18T13:01:00Z'],
  ['started:7d agent:x started<now', '2026-11-13T12:00:00Z', '2026-11-20T12:00:00Z'],
])('%s is from %s to %s', (text, from, to) => {
  expect(startedRange(treeOf(text), NOW)).toEqual({
    fromUs: from === undefined ? -Infinity : readIsoUs(from),
    toUs: to === undefined ? Infinity : readIsoUs(to),
  });
});

test('a query that names no one stretch of time has none to draw', () => {
  for (const text of ['', 'agent:x', 'started:today,2026-01-01', 'started:today or agent:x', 'started:*']) {
    expect(startedRange(treeOf(text), NOW)).toBeUndefined();
  }
});
