// @vitest-environment happy-dom
import fc from 'fast-check';
import { expect, test } from 'vitest';
import MarkdownText from '../../../renderer/widgets/MarkdownText.svelte';
import { MARKDOWN_TAGS, readMarkdown } from '../../../renderer/widgets/markdown-tree.ts';
import { mounted, textOf } from '../mounted.ts';

const DRAWN = new Set(
  [...MARKDOWN_TAGS, 'div', 'span', 'code', 'pre', 'br', 'hr'].map((tag) => tag.toUpperCase()),
);

function elementsOf(root: Element): readonly Element[] {
  return [...root.querySelectorAll('*')];
}

test('headings, lists, tables and code become elements', () => {
  const root = mounted(MarkdownText, {
    text: '# Plan\n\n1. look\n2. **act**\n\n| a | b |\n|-|-|\n| 1 | `x` |',
  });
  expect(textOf(root.querySelector('h1'))).toBe('Plan');
  expect([...root.querySelectorAll('li')].map((item) => textOf(item))).toEqual(['look', 'act']);
  expect(textOf(root.querySelector('strong'))).toBe('act');
  expect(textOf(root.querySelector('td code'))).toBe('x');
});

test('HTML stays text', () => {
  const text = 'a <b>bold</b> <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>';
  const root = mounted(MarkdownText, { text });
  expect(elementsOf(root).map(({ tagName }) => tagName)).toEqual(['DIV', 'P', 'P']);
  expect(textOf(root)).toBe('a <b>bold</b> <img src=x onerror=alert(1)><script>alert(1)</script>');
});

test('links and images are named with their address and lead nowhere', () => {
  const text = '[click](javascript:alert(1)) ![pixel](http://example.com/p.png) <https://example.com>';
  const root = mounted(MarkdownText, { text });
  expect(root.querySelectorAll('a, img')).toHaveLength(0);
  expect(textOf(root)).toBe(
    'click javascript:alert(1) image pixel http://example.com/p.png https://example.com',
  );
});

test('nesting that only means harm ends, and long lines of marks are read at once', () => {
  expect(() => readMarkdown('> '.repeat(5000) + 'deep')).not.toThrow();
  expect(() => readMarkdown('[a]('.repeat(20_000))).not.toThrow();
  expect(() => readMarkdown('*'.repeat(20_000) + 'a' + '_'.repeat(20_000))).not.toThrow();
});

test('no text makes any other element, or an attribute that could act', () => {
  const pieces = fc.constantFrom(
    '<script>',
    '<a href=x>',
    '[a](b)',
    '![i](j)',
    '**',
    '`',
    '\n',
    '- ',
    '> ',
    '&lt;',
    'x',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const root = mounted(MarkdownText, { text: parts.join('') });
      for (const element of elementsOf(root)) {
        expect(DRAWN).toContain(element.tagName);
        expect(element.getAttributeNames().filter((name) => !['class', 'dir'].includes(name))).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});
