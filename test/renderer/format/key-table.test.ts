import { expect, test } from 'vitest';
import { findAction, findStep, KEY_TABLE, type KeyBinding } from '../../../renderer/format/key-table.ts';

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('a key means what the table says at its place, and nothing elsewhere', () => {
  expect(findAction('flame', press('e'))).toBe('nextError');
  expect(findAction('page', press('e'))).toBeUndefined();
  expect(findAction('page', press('?'))).toBe('help');
});

test('the browser keeps its own: nothing is done with Ctrl, Alt or Meta but what the table says', () => {
  expect(findAction('page', press('l', { ctrlKey: true }))).toBeUndefined();
  expect(findAction('flame', press('0', { metaKey: true }))).toBeUndefined();
  expect(findAction('library', press('a'))).toBeUndefined();
  expect(findAction('library', press('a', { ctrlKey: true }))).toBe('chooseAll');
});

test('no key means two things at a place, nor in a trace what it means everywhere', () => {
  for (const group of Object.values(KEY_TABLE)) {
    const bindings: readonly KeyBinding[] = group.bindings;
    const keys = bindings.flatMap(({ keys: own, ctrl = false }) =>
      own.map((key) => `${String(ctrl)} ${key}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
  }
  const everywhere = KEY_TABLE.page.bindings.flatMap((binding): readonly string[] => binding.keys);
  for (const place of ['trace', 'list', 'times', 'flame', 'waterfall', 'lanes'] as const) {
    const keys = KEY_TABLE[place].bindings.flatMap((binding): readonly string[] => binding.keys);
    expect(keys.filter((key) => everywhere.includes(key))).toEqual([]);
  }
});

test('list keys move by a row, by a page, or to an end', () => {
  const steps = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) =>
    findStep(press(key), 20, 100),
  );
  expect(steps).toEqual([1, -1, 20, -20, -100, 100]);
  expect(findStep(press('Enter'), 20, 100)).toBeUndefined();
  expect(findStep(press('x'), 20, 100)).toBeUndefined();
});
