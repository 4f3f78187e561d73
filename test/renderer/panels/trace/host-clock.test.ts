import { expect, test } from 'vitest';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../../core/analysis/summary.ts';
import { at } from '../../../../core/model/assert.ts';
import { SpanIdIndex } from '../../../../core/model/span-id-index.ts';
import { buildFlameModel } from '../../../../renderer/charts/flame/model.ts';
import { ABANDONED_US, isGrowing, openEnd } from '../../../../renderer/panels/trace/host-clock.ts';
import type { LoadedTrace } from '../../../../renderer/state/loaded-trace.ts';
import { foldTraceText, readTraceText } from '../../../build/read-trace-text.ts';
import { drawnUs } from '../../../build/trace-text-record.ts';

const RUNNING = `
  T    custom 0...
    a  custom 0--50
`;
const SECOND_US = 1_000_000;

function load(text: string, origin: string, clockOffsetUs = 0): LoadedTrace {
  const table = foldTraceText(text, { origin });
  const tree = linkSpans(table);
  const entry = at(readTraceText(text, { origin }).table.traces, 0);
  const summary = computeSummary(table, tree, entry, drawnUs(60));
  return {
    summary,
    diagnostics: [],
    clockOffsetUs,
    model: buildFlameModel(table, tree),
    index: SpanIdIndex.of(table),
  };
}

test('an open span of a live trace ends now, in the clock of its client', () => {
  const now = drawnUs(2000);
  expect(openEnd(load(RUNNING, 'live'), now)).toBe(2 * SECOND_US);
  expect(openEnd(load(RUNNING, 'live', 500_000), now)).toBe(1.5 * SECOND_US);
});

test('it never ends before what is known, even where the clocks disagree', () => {
  expect(openEnd(load(RUNNING, 'live', 60 * SECOND_US), drawnUs(2000))).toBe(50_000);
});

test('nothing grows in a file, in a finished trace, or where the program was long silent', () => {
  const now = drawnUs(2000);
  expect(isGrowing(load(RUNNING, 'a.jsonl'), now)).toBe(false);
  expect(openEnd(load(RUNNING, 'a.jsonl'), now)).toBe(50_000);
  expect(isGrowing(load('T custom 0--50', 'live'), now)).toBe(false);
  expect(isGrowing(load(RUNNING, 'live'), now + ABANDONED_US)).toBe(false);
  expect(isGrowing(load(RUNNING, 'live'), now)).toBe(true);
});
