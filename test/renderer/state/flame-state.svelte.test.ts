import { expect, test } from 'vitest';
import { FlameState } from '../../../renderer/state/flame-state.svelte.ts';

const MEASURE = { id: 'co2', by: 'local.co2', unit: 'g', values: new Map([['x', 2]]) };

test('a measure that is gone gives way to time and kind, and one that is still told stays', () => {
  const state = new FlameState();
  state.weighByMeasure(MEASURE);
  state.colourByMeasure(MEASURE);
  state.keepTo([{ ...MEASURE, values: new Map([['y', 1]]) }]);
  expect([state.settings.weight, state.colourBy]).toEqual(['measure', 'measure']);
  state.keepTo([]);
  expect([state.settings.order, state.settings.weight]).toEqual(['time', 'duration']);
  expect([state.colourBy, state.hotBy]).toEqual(['kind', undefined]);
});
