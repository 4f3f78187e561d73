import { expect, it } from 'vitest';
import { timeLeftText } from '../../../core/analysis/time-left-text.ts';

it.each([
  [0, 'about a second left'],
  [1.6, 'about 2 seconds left'],
  [33, 'about 35 seconds left'],
  [58, 'about a minute left'],
  [119, 'about 2 minutes left'],
  [3500, 'about 58 minutes left'],
  [3600, 'about an hour left'],
  [9000, 'about 3 hours left'],
])('says of %d seconds "%s"', (seconds, text) => {
  expect(timeLeftText(seconds)).toBe(text);
});
