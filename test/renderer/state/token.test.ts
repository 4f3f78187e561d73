// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { takeToken, watchToken } from '../../../renderer/state/token.ts';

test('a token that comes into a running page leaves the address like the first one', () => {
  let told = 0;
  watchToken(() => told++);
  history.replaceState(null, '', '#/trace/t');
  dispatchEvent(new Event('hashchange'));
  expect(told).toBe(0);
  history.replaceState(null, '', '#t=typed');
  dispatchEvent(new Event('hashchange'));
  expect(told).toBe(1);
  expect(location.hash).toBe('#/');
  expect(takeToken()).toBe('typed');
});
