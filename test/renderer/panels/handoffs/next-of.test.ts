import { expect, test } from 'vitest';
import { nextOf } from '../../../../renderer/panels/handoffs/next-of.ts';

test('each click leads to the next span, and from the last to the first', () => {
  expect(nextOf([4, 7, 9], -1)).toBe(4);
  expect(nextOf([4, 7, 9], 4)).toBe(7);
  expect(nextOf([4, 7, 9], 9)).toBe(4);
  expect(nextOf([], 3)).toBe(-1);
});
