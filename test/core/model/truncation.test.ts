import { expect, test } from 'vitest';

import { isTruncated } from '../../../core/model/truncation.ts';

test('a text that the exporter cut is known by its mark, however deep it stands', () => {
  expect(isTruncated({ input: 'a long text... [truncated]' })).toBe(true);
  expect(isTruncated({ output: [{ content: [{ text: 'cut here... [truncated]' }] }] })).toBe(true);
});

test('a value that the exporter could not write is known by what stands in its place', () => {
  const preview = { truncated: true, original_type: 'Map', preview: '<Map len=3 truncated>' };
  expect(isTruncated({ output: preview })).toBe(true);
});

test('whole values, and marks that a person wrote elsewhere, are not cut', () => {
  expect(isTruncated({})).toBe(false);
  expect(isTruncated({ input: 'what does "... [truncated]" mean?', output: null })).toBe(false);
  expect(isTruncated({ name: 'x... [truncated]', output: { truncated: true } })).toBe(false);
});

test('a value of a million parts is not walked to its end', () => {
  const long = Array.from({ length: 1_000_000 }, () => 'x');
  expect(isTruncated({ input: [...long, '... [truncated]'] })).toBe(false);
});
