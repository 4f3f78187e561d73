import { expect, it } from 'vitest';
import { placeNotKept } from '../../../../electron/host/intake/place-not-kept.ts';

it('gives what the gate did not keep the places that records had in the body', () => {
  const rejects = [
    { position: 0, code: 'bad-json', bytes: 5 },
    { position: 3, code: 'bad-json', bytes: 5 },
  ];
  // The body held six: bad, 0, 1, bad, 2, 3.
  const notKept = [0, 2, 3].map((record) => ({ record, code: 'withheld' }) as const);
  const placed = placeNotKept({ rejects, rejected: 2 }, notKept);
  expect(placed.rejects.map(({ position, code }) => [position, code])).toEqual([
    [0, 'bad-json'],
    [1, 'withheld'],
    [3, 'bad-json'],
    [4, 'withheld'],
    [5, 'withheld'],
  ]);
  expect(placed.rejected).toBe(5);
  expect(placeNotKept({ rejects, rejected: 2 }, [])).toEqual({ rejects, rejected: 2 });
});
