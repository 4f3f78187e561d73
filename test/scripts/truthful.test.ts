import { expect, test } from 'vitest';
import { truthful } from '../../scripts/truthful.mjs';

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

test('a suite in which nothing ran is a failure, though its tool ended well', () => {
  expect(truthful(0, NOTHING)).toEqual({ ...NOTHING, failed: 1 });
});

test('a tool that failed without naming a test still failed', () => {
  expect(truthful(1, { ...NOTHING, passed: 3 }).failed).toBe(1);
});

test('what ran is told as it is', () => {
  expect(truthful(0, { passed: 3, failed: 0, skipped: 1 })).toEqual({ passed: 3, failed: 0, skipped: 1 });
  expect(truthful(1, { passed: 3, failed: 2, skipped: 0 }).failed).toBe(2);
  expect(truthful(0, { ...NOTHING, skipped: 2 }).failed).toBe(0);
});
