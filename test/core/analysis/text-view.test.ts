import { expect, test } from 'vitest';

import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../core/analysis/summary.ts';
import { visible, writeTextView } from '../../../core/analysis/text-view.ts';
import { at } from '../../../core/model/assert.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import { readTraceText } from '../../build/read-trace-text.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';

function textOf(drawing: string): string {
  const { table, rows, compare } = readTraceText(drawing);
  const spans = foldSpans(table, rows, compare);
  const tree = linkSpans(spans);
  return writeTextView(computeSummary(spans, tree, at(table.traces, 0), DRAWN_START_US), spans, tree);
}

test('a trace is a head and an indented line a span', () => {
  const text = textOf(
    `
    trace t1 workflow="Support desk"
    Triage         agent       0-----1500
      gpt-5        generation  0--900      in=10 out=2
      lookup       function      950-1000  !(non-fatal)
    lost           custom        1-        parent=gone
  `.replace('1-        parent', '1...  parent'),
  );
  expect(text).toBe(`Support desk  t1
in progress, started 2026-01-01T00:00:00.000000Z, 1.50 s, 4 spans, 1 error, tokens 12

Triage  [agent]  +0 ms  1.50 s
  gpt-5  [generation]  +0 ms  900 ms  10 in, 2 out
  lookup  [function]  +950 ms  50.0 ms  error (non-fatal)
lost  [custom]  +1.00 ms  running  parent not received
`);
});

test('fault 38: a chain of spans is indented up to a point, then numbered', () => {
  const chain = Array.from(
    { length: 5000 },
    (_, i) => `s custom 0-1 id=n${String(i)}${i === 0 ? '' : ` parent=n${String(i - 1)}`}`,
  );
  const lines = textOf(chain.join('\n')).trimEnd().split('\n');
  expect(lines.at(-1)).toBe(`${'  '.repeat(39)}(level 5000) s  [custom]  +0 ms  1.00 ms`);
});

test('fault 51: text of a trace cannot steer a terminal', () => {
  expect(visible('\u001b[2J\u0007\u202e name')).toBe('\\u001b[2J\\u0007\\u202e name');
  expect(visible('Zoë 日本 🚀')).toBe('Zoë 日本 🚀');
});
