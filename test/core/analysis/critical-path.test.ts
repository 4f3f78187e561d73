import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { computeCriticalPath, computePathShares } from '../../../core/analysis/critical-path.ts';
import { computeSpanExtents } from '../../../core/analysis/span-extents.ts';
import { linkSpans, type SpanTree } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { DRAWN_START_US, drawnUs } from '../../build/trace-text-record.ts';

/** The path as text: `name 0-5, name 5-9`, times in milliseconds; `.` is waiting. */
function pathOf(drawing: string, openEndMs = 100): string {
  const spans = foldTraceText(drawing);
  const { segments } = computeCriticalPath(spans, linkSpans(spans), drawnUs(openEndMs));
  const ms = (us: number): string => String((us - DRAWN_START_US) / 1000);
  return segments
    .map(({ row, startUs, endUs }) => `${row < 0 ? '.' : spans.name(row)} ${ms(startUs)}-${ms(endUs)}`)
    .join(', ');
}

describe('what a trace had to wait for', () => {
  test('the child that ends last is followed, and before it the one that ended before it began', () => {
    const drawing = `
      agent      agent       0-------------------30
        pii      guardrail     2-8
        gpt-5    generation    2-----14
        lookup   function              15-21
    `;
    expect(pathOf(drawing)).toBe('agent 0-2, gpt-5 2-14, agent 14-15, lookup 15-21, agent 21-30');
  });

  test('of parallel tools the slowest is on it', () => {
    const drawing = 'a agent 0-20\n  fast function 2-5\n  slow function 3-19\n  mid function 2-9';
    expect(pathOf(drawing)).toBe('a 0-3, slow 3-19, a 19-20');
  });

  test('work that outlasts its parent is followed to its own end', () => {
    const drawing = `
      request  custom  0---10
        job    custom    6------17
        mail   custom                20-24
    `;
    expect(pathOf(drawing)).toBe('request 0-6, job 6-17, . 17-20, mail 20-24');
  });

  test('two roots follow each other, and between them is waiting', () => {
    expect(pathOf('one agent 0-5\ntwo agent 8-9')).toBe('one 0-5, . 5-8, two 8-9');
  });

  test('roots that overlap leave no waiting', () => {
    expect(pathOf('one agent 0-6\ntwo agent 4-9')).toBe('one 0-4, two 4-9');
  });

  test('a gap behind asynchronous work is the time of the span above that ran', () => {
    const drawing = 'task task 0-100\n  turn custom 0-10\n    job custom 50-60';
    expect(pathOf(drawing)).toBe('turn 0-10, task 10-50, job 50-60, task 60-100');
  });

  test('a gap in one root is no waiting while another runs', () => {
    expect(pathOf('a custom 0-10\n  x custom 50-60\nb custom 5-55')).toBe('a 0-10, b 10-50, x 50-60');
  });

  test('an open span ends now', () => {
    expect(pathOf('a agent 0...\n  b function 2...', 7)).toBe('a 0-2, b 2-7');
  });

  test('a child that began before its parent counts from there', () => {
    expect(pathOf('a agent 5-10\n  b function 1-8')).toBe('b 5-8, a 8-10');
  });

  test('a span without times is looked through', () => {
    expect(pathOf('a agent 0-10\n  b custom ?-9\n    c function 3-5')).toBe('a 0-3, c 3-5, a 5-10');
  });

  test('nothing has no path', () => {
    expect(pathOf('')).toBe('');
    expect(pathOf('a custom ?-5')).toBe('');
  });

  test('ten thousand levels are walked without recursion', () => {
    const drawing = Array.from(
      { length: 10_000 },
      (_, i) => `s custom ${String(i)}-20000 id=n${String(i)}${i === 0 ? '' : ` parent=n${String(i - 1)}`}`,
    );
    const spans = foldTraceText(drawing.join('\n'));
    expect(computeCriticalPath(spans, linkSpans(spans), 0).segments).toHaveLength(10_000);
  });
});

test('the shares of the path are those of the model, of tools, of waiting, and the rest', () => {
  const spans = foldTraceText(`
    task      task        0-----------------30
      gpt-5   generation    2-----14
      lookup  function              15-21
      pii     guardrail                 22-23
    later     speech                              35-36
  `);
  const path = computeCriticalPath(spans, linkSpans(spans), 0);
  expect(computePathShares(spans, path)).toEqual({
    modelUs: 13_000,
    toolUs: 7_000,
    waitingUs: 5_000,
    overheadUs: 11_000,
  });
});

describe('any trace', () => {
  const traceAndEnd = fc.tuple(arbitraryTrace(), fc.nat(50));

  test('the path covers it from the first top to the last end, without a hole and without an overlap', () => {
    fc.assert(
      fc.property(traceAndEnd, ([spans, openEnd]) => {
        const tree = linkSpans(spans);
        const openEndUs = DRAWN_START_US + openEnd;
        const { segments } = computeCriticalPath(spans, tree, openEndUs);
        segments.forEach(({ startUs, endUs }, i) => {
          expect(endUs).toBeGreaterThan(startUs);
          if (i > 0) expect(startUs).toBe(at(segments, i - 1).endUs);
        });
        const { start, end } = computeSpanExtents(spans, openEndUs);
        const firstTop = Math.min(...tree.tops.map((top) => hullStart(tree, start, top)));
        const lastEnd = Math.max(...[...end].filter((time) => !Number.isNaN(time)));
        if (lastEnd > firstTop) {
          expect([segments[0]?.startUs, segments.at(-1)?.endUs]).toEqual([firstTop, lastEnd]);
        } else expect(segments).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('each span on it runs as long as it is on it, and waiting is where nothing runs', () => {
    fc.assert(
      fc.property(traceAndEnd, ([spans, openEnd]) => {
        const openEndUs = DRAWN_START_US + openEnd;
        const { segments } = computeCriticalPath(spans, linkSpans(spans), openEndUs);
        const { start, end } = computeSpanExtents(spans, openEndUs);
        for (const { row, startUs, endUs } of segments) {
          const running = [...start.keys()].filter((other) => {
            return Math.min(endUs, at(end, other)) > Math.max(startUs, at(start, other));
          });
          if (row < 0) expect(running).toEqual([]);
          else expect(at(start, row) <= startUs && at(end, row) >= endUs).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('children that follow each other inside their parents are all on it, as a plain recursion finds', () => {
    fc.assert(
      fc.property(arbitraryNest(), ({ drawing, expected }) => {
        expect(pathOf(drawing)).toBe(expected);
      }),
    );
  });
});

/** Where a top begins; without times of its own where the first span of known start below it does. */
function hullStart(tree: SpanTree, start: Float64Array, row: number): number {
  const own = at(start, row);
  if (!Number.isNaN(own)) return own;
  const children = [...tree.parent.keys()].filter((child) => tree.parent[child] === row);
  return Math.min(...children.map((child) => hullStart(tree, start, child)));
}

/** A parent with children one behind the other, a gap of any length before each, some parallel shorter work. */
function arbitraryNest(): fc.Arbitrary<{ drawing: string; expected: string }> {
  const child = fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 9 }), shadow: fc.boolean() });
  return fc.array(child, { minLength: 1, maxLength: 8 }).map((children) => {
    const lines: string[] = [];
    const path: string[] = [];
    let now = 0;
    children.forEach(({ gap, length, shadow }, i) => {
      if (gap > 0) path.push(`p ${String(now)}-${String(now + gap)}`);
      now += gap;
      const end = now + length;
      if (shadow && length > 1) lines.push(`  x function ${String(now)}-${String(end - 1)}`);
      lines.push(`  c${String(i)} function ${String(now)}-${String(end)}`);
      path.push(`c${String(i)} ${String(now)}-${String(end)}`);
      now = end;
    });
    path.push(`p ${String(now)}-${String(now + 1)}`);
    return { drawing: [`p agent 0-${String(now + 1)}`, ...lines].join('\n'), expected: path.join(', ') };
  });
}
