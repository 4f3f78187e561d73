/** Collapsed stacks: lines as samples, what is no stack, and which texts are none. */
import { expect, it } from 'vitest';
import { collapsedStacks } from '../../../../core/formats/collapsed/collapsed-stacks.ts';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import { objectAt, stringAt, type JsonObject } from '../../../../core/model/json.ts';
import { readForeign } from '../foreign/read-foreign.ts';

const TEXT = 'main;load;parse 3\nmain;load 1\nmain;Grüße 2\n';

/** `name start-end <parent's name`, in microseconds. */
function drawn(items: readonly JsonObject[]): string[] {
  const spans = items.filter(({ object }) => object === 'trace.span');
  const nameOf = (id: unknown): string => {
    const found = spans.find((span) => span['id'] === id);
    return (found && stringAt(objectAt(found, 'span_data') ?? {}, 'name')) ?? '-';
  };
  const us = (time: unknown): string => String(time).slice(-4, -1);
  return spans
    .map(({ id, parent_id, started_at, ended_at }) => {
      return `${nameOf(id)} ${us(started_at)}-${us(ended_at)} <${nameOf(parent_id)}`;
    })
    .sort();
}

it('Frames that stay from line to line are one span, as long as they were seen', () => {
  const { items, skipped, notes } = readForeign(collapsedStacks, TEXT);
  expect(drawn(items)).toEqual([
    'Grüße 004-006 <main',
    'load 000-004 <main',
    'main 000-006 <-',
    'parse 000-003 <load',
  ]);
  expect(skipped).toEqual([]);
  expect(notes).toEqual(['no-time-unit']);
  for (const chunk of [1, 3, 7]) expect(readForeign(collapsedStacks, TEXT, chunk).items).toEqual(items);
});

it('What is no stack is left out by line, and reading goes on', () => {
  const { items, skipped } = readForeign(collapsedStacks, `${TEXT}no count\r\nmain;end 1`);
  expect(skipped).toEqual(['broken-record']);
  expect(drawn(items)).toContain('end 006-007 <main');
});

it.each([
  [TEXT, 0.8],
  ['a b;c d (x.js:1) 12.5', 0.8],
  ['Dear reader,\nthis is a text; nothing else\n', 0],
  ['x 1\ny 2\n', 0],
  ['{"a;b":1} 3', 0],
  ['', 0],
])('%j is told with a score of %d', (text, score) => {
  expect(collapsedStacks.sniff(readHead(new TextEncoder().encode(text)))).toBe(score);
});
