// @vitest-environment happy-dom
import { flushSync } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Json } from '../../../core/model/json.ts';
import JsonTree from '../../../renderer/widgets/JsonTree.svelte';
import LongText from '../../../renderer/widgets/LongText.svelte';
import TextOrJson from '../../../renderer/widgets/TextOrJson.svelte';
import { mounted, textOf } from '../mounted.ts';

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

function rowsOf(tree: HTMLElement): readonly string[] {
  return [...tree.querySelectorAll('[role=treeitem]')].map(textOf);
}

function press(tree: HTMLElement, ...keys: string[]): void {
  const box = tree.querySelector('[role=tree]');
  for (const key of keys) {
    box?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    flushSync();
  }
}

test('whatever a trace says stays text, as key and as value', () => {
  const tree = mounted(JsonTree, { value: { [HOSTILE]: HOSTILE, list: [HOSTILE] } });
  expect(tree.querySelector('img, script')).toBeNull();
  expect(textOf(tree)).toContain(HOSTILE);
  expect(mounted(LongText, { text: HOSTILE }).querySelector('img, script')).toBeNull();
});

test('a string, a number, a word and nothing look different without colour', () => {
  const tree = mounted(JsonTree, { value: { a: 'true', b: true, c: 1, d: null, e: {}, f: '' } });
  expect(rowsOf(tree)).toEqual(['a: "true"', 'b: true', 'c: 1', 'd: null', 'e: {}', 'f: ""']);
});

test('a value that is no container is one row', () => {
  expect(rowsOf(mounted(JsonTree, { value: 7 }))).toEqual(['7']);
});

test('deep values are folded, say how much they hold, and unfold by pointer and by key', () => {
  const tree = mounted(JsonTree, { value: { a: { b: { c: { d: 1 } } } } });
  expect(rowsOf(tree)).toEqual(['▾ a: {', '▾ b: {', '▸ c: {1 key}']);
  const folded = tree.querySelectorAll<HTMLElement>('[role=treeitem]')[2];
  expect(folded?.getAttribute('aria-expanded')).toBe('false');
  folded?.click();
  flushSync();
  expect(rowsOf(tree)).toHaveLength(4);
  press(tree, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  expect(rowsOf(tree)).toHaveLength(2);
  press(tree, '*');
  expect(rowsOf(tree)[3]).toContain('d: 1');
});

test('the keys go in and out, and what they stand on is copied', () => {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  const tree = mounted(JsonTree, { value: { a: { b: [true] }, c: 'as it is' } });
  press(tree, 'ArrowDown', 'ArrowRight', 'p', 'y', 'End', 'y');
  expect(copied).toEqual(['$.a.b', JSON.stringify([true], null, 2), 'as it is']);
});

test('of a long list only the rows in sight exist', () => {
  const value = { list: Array.from({ length: 100_000 }, (_, i) => ({ i })) };
  const tree = mounted(JsonTree, { value });
  press(tree, '*');
  expect(rowsOf(tree).length).toBeLessThan(100);
  expect(rowsOf(tree)[1]).toContain('0: {');
});

test('a search opens the way to what it finds and steps through it', () => {
  const value = {
    a: { b: { c: { deep: 'needle' } } },
    other: ['needle', ...'straw straw straw straw straw straw straw'.split(' ')],
  };
  const tree = mounted(JsonTree, { value });
  const field = tree.querySelector('input');
  expect(field).not.toBeNull();
  if (field === null) return;
  field.value = 'NEEDLE';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  expect(textOf(tree.querySelector('[aria-selected=true]'))).toContain('deep: "needle"');
  expect(textOf(tree.querySelector('.place'))).toBe('1 of 2');
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  flushSync();
  expect(textOf(tree.querySelector('[aria-selected=true]'))).toContain('0: "needle"');
});

test('nesting of ten thousand levels neither throws nor stalls', () => {
  let value: Json = 'bottom';
  for (let i = 0; i < 10_000; i++) value = [value];
  const tree = mounted(JsonTree, { value });
  press(tree, '*');
  expect(rowsOf(tree).length).toBeLessThan(100);
});

test('a long text shows its beginning and its size, then all of it', () => {
  const long = mounted(LongText, { text: 'x'.repeat(800_000) });
  expect(textOf(long.querySelector('.text')).length).toBeLessThan(5000);
  const button = long.querySelector('button');
  expect(textOf(button)).toBe('Show all (800 kB)');
  button?.click();
  flushSync();
  expect(textOf(long.querySelector('.text'))).toHaveLength(800_000);
});

test('a string that holds JSON unfolds, a Python repr stays words', () => {
  expect(mounted(TextOrJson, { value: '{"ok": true}' }).querySelector('[role=tree]')).not.toBeNull();
  const python = mounted(TextOrJson, { value: "{'ok': True}" });
  expect(python.querySelector('[role=tree]')).toBeNull();
  expect(textOf(python)).toBe("{'ok': True}");
});

test('a text of megabytes is read after what is around it was drawn', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const value = JSON.stringify(Array.from({ length: 50_000 }, (_, i) => `item ${String(i)}`));
  const view = mounted(TextOrJson, { value });
  flushSync();
  expect(textOf(view)).toBe('Reading …');
  vi.runAllTimers();
  flushSync();
  expect(rowsOf(view)[0]).toBe('0: "item 0"');
});
