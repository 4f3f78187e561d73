import { expect, test } from 'vitest';
import { findLineChanges, findTextChanges, measureLikeness } from '../../../renderer/widgets/text-changes.ts';

test('what changed in a text is told in pieces, and what is the same is shortened', () => {
  expect(findTextChanges('the old end', 'the new end')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'removed', text: 'old' },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: ' end' },
  ]);
  const long = 'word '.repeat(2000);
  const [same, added] = findTextChanges(long, `${long}more`);
  expect(same?.text.length).toBeLessThan(400);
  expect(added).toEqual({ kind: 'added', text: 'more' });
});

test('lines that come and go are told in order, and what stays far from them is counted', () => {
  const far = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
  expect(findLineChanges(`${far}\nold\nend`, `${far}\nnew\nend`)).toEqual([
    { kind: 'skipped', lines: 18 },
    { kind: 'same', line: 'line 18' },
    { kind: 'same', line: 'line 19' },
    { kind: 'removed', line: 'old' },
    { kind: 'added', line: 'new' },
    { kind: 'same', line: 'end' },
  ]);
});

test('two texts are as alike as the letters they share', () => {
  expect(measureLikeness('the same', 'the same')).toBe(1);
  expect(measureLikeness('', 'words')).toBe(0);
  expect(measureLikeness('one two', 'one six')).toBeCloseTo(8 / 14);
});
