import { expect, test } from 'vitest';
import { computeSummary } from '../../../core/analysis/summary.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { TraceOpened } from '../../../core/rpc/contract.ts';
import { changeTrace, loadTrace } from '../../../renderer/state/loaded-trace.ts';
import { foldTraceText, readTraceText } from '../../build/read-trace-text.ts';
import { drawRows, rowNamed } from '../charts/flame/draw-flame.ts';

function opened(text: string): { opened: TraceOpened; bytes: Uint8Array } {
  const spans = foldTraceText(text);
  const entry = at(readTraceText(text).table.traces, 0);
  const summary = computeSummary(spans, linkSpans(spans), entry, 4e15);
  return { opened: { summary, clockOffsetUs: 0, diagnostics: [] }, bytes: encodeSpanTable(spans) };
}

const FIRST = `
  T    custom 0...
    a  custom 0...
`;

test('a trace is shown as the host sent it', () => {
  const { opened: what, bytes } = opened(FIRST);
  const trace = loadTrace(what, bytes);
  expect(trace.model.count).toBe(2);
  expect(trace.model.open).toBe(2);
  expect(trace.index.findId('s2')).toBe(rowNamed(trace.model, 'a'));
});

test('changed spans are replaced where they stand, new ones join the tree', () => {
  const first = opened(FIRST);
  const trace = loadTrace(first.opened, first.bytes);
  const row = rowNamed(trace.model, 'a');
  const change = opened(`
    a  custom 0--6 id=s2 parent=s1
    b  custom 6--9 id=s3 parent=s1
    z  custom 7--8 id=s4 parent=s3
  `);
  const changed = changeTrace(trace, change.opened, change.bytes);
  expect(rowNamed(changed.model, 'a')).toBe(row);
  expect(drawRows(changed.model)).toEqual(['TTTTTTTTT>', 'aaaaaabbb', '.......z']);
  expect(changed).not.toBe(trace);
});

test('a parent that comes late takes its orphans in', () => {
  const first = opened('o custom 2--4 id=s9 parent=s1');
  const trace = loadTrace(first.opened, first.bytes);
  expect(trace.model.tree.orphans).toBe(1);
  const late = opened('T custom 0--5 id=s1');
  const changed = changeTrace(trace, late.opened, late.bytes);
  expect(changed.model.tree.orphans).toBe(0);
  expect(drawRows(changed.model)).toEqual(['TTTTT', '..oo']);
});
