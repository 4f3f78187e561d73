import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContextStep } from '../../../../core/analysis/context-growth.ts';
import { layoutContext } from '../../../../renderer/charts/context/layout-context.ts';

function step(input: number | undefined, repeated = 0, cached = 0): ContextStep {
  return { row: 0, input, repeated, cached };
}

test('each token is in one share: from the cache, else sent before, else new', () => {
  const [first, second] = layoutContext([step(100), step(200, 100, 50)], 10);
  expect(first).toMatchObject({ cached: 0, repeated: 0, fresh: 0.5 });
  expect(second).toMatchObject({ cached: 0.25, repeated: 0.25, fresh: 0.5 });
});

test('a cache that others filled is no more than was sent', () => {
  expect(layoutContext([step(100, 20, 100)], 10)).toMatchObject([{ cached: 1, repeated: 0, fresh: 0 }]);
});

test('more calls than places share bars, and no peak is hidden', () => {
  const steps = fc.array(fc.option(fc.nat(1000), { nil: undefined }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 50 }), (inputs, most) => {
      const bars = layoutContext(
        inputs.map((input) => step(input)),
        most,
      );
      expect(bars.length).toBeLessThanOrEqual(most);
      expect(bars.reduce((sum, { calls }) => sum + calls, 0)).toBe(inputs.length);
      for (const { first, calls, step: drawn } of bars) {
        const known = inputs.slice(first, first + calls).filter((input) => input !== undefined);
        expect(drawn.input).toBe(known.length === 0 ? undefined : Math.max(...known));
      }
    }),
  );
});
