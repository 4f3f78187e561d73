/**
 * An unexpected warning fails the test that caused it. A test that expects one replaces the method itself
 * (`vi.spyOn(console, 'warn')`), and then nothing is seen here.
 */
import { afterEach, beforeEach, expect } from 'vitest';

const spoken: string[] = [];

beforeEach(() => {
  spoken.length = 0;
});

for (const method of ['warn', 'error'] as const) {
  console[method] = (...parts: unknown[]): void => {
    spoken.push(`console.${method}: ${parts.map(String).join(' ')}`);
  };
}

afterEach(() => {
  expect(spoken).toEqual([]);
});
