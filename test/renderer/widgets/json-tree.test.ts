// @vitest-environment happy-dom
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import JsonTree from '../../../renderer/widgets/JsonTree.svelte';
import LongText from '../../../renderer/widgets/LongText.svelte';
import TextOrJson from '../../../renderer/widgets/TextOrJson.svelte';
import { mounted, textOf } from '../mounted.ts';

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

test('whatever a trace says stays text, as key and as value', () => {
  const tree = mounted(JsonTree, { value: { [HOSTILE]: HOSTILE, list: [HOSTILE] } });
  expect(tree.querySelector('img, script')).toBeNull();
  expect(textOf(tree)).toContain(HOSTILE);
  expect(mounted(LongText, { text: HOSTILE }).querySelector('img, script')).toBeNull();
});

test('a string, a number, a word and nothing look different without colour', () => {
  const tree = mounted(JsonTree, { value: { a: 'true', b: true, c: 1, d: null, e: {}, f: '' } });
  expect(textOf(tree)).toBe('a "true"b truec 1d nulle {}f ""');
});

test('deep values are folded, say how much they hold, and unfold', () => {
  const tree = mounted(JsonTree, { value: { a: { b: { c: { d: 1 } } } } });
  expect(textOf(tree)).toBe('▾ a ▸ b {1 key}');
  const fold = tree.querySelectorAll('button')[1];
  expect(fold?.getAttribute('aria-expanded')).toBe('false');
  fold?.click();
  flushSync();
  expect(textOf(tree)).toBe('▾ a ▾ b ▸ c {1 key}');
});

test('of a long list only the beginning exists until more is asked for', () => {
  const tree = mounted(JsonTree, { value: Array.from({ length: 1000 }, (_, i) => i) });
  expect(tree.querySelectorAll('.leaf')).toHaveLength(60);
  const more = [...tree.querySelectorAll('button')].at(-1);
  expect(textOf(more ?? null)).toBe('Show more (940 left)');
  more?.click();
  flushSync();
  expect(tree.querySelectorAll('.leaf')).toHaveLength(360);
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
  expect(mounted(TextOrJson, { value: '{"ok": true}' }).querySelector('.node')).not.toBeNull();
  const python = mounted(TextOrJson, { value: "{'ok': True}" });
  expect(python.querySelector('.node')).toBeNull();
  expect(textOf(python)).toBe("{'ok': True}");
});
