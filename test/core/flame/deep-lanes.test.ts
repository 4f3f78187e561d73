/** Lanes of traces where much overlaps: the steps they cost, and the same rows as by looking at every row. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at } from '../../../core/model/assert.ts';
import { Skyline } from '../../../core/flame/skyline.ts';
import { layoutPlain, overlapping, type PlainSpan } from './plain-tree.ts';

const COUNT = 100_000;
/** To find, take and free the rows of a block is three walks down a tree of 17 levels, most of them shorter. */
const STEPS_A_SPAN = 3 * 17;

/** Every `step`th span hangs under the one before of its kind, all others under the nearest of them. */
const comb = (step: number): readonly PlainSpan[] =>
  overlapping(COUNT, (i) => (i % step === 0 ? i - step : i - (i % step)));

test.each([
  ['under one parent', overlapping(COUNT, () => 0)],
  ['in a comb a thousand deep', comb(100)],
  ['in a comb ten thousand deep', comb(10)],
  ['in a comb fifty thousand deep', comb(2)],
])('a hundred thousand spans that all run at once %s cost few steps each', (_, spans) => {
  const { row, rows, steps } = layoutPlain(spans);
  expect(rows).toBe(COUNT);
  // All overlap, so each span stands alone in a row, in the order of their starts.
  expect(row.every((place, span) => place === span)).toBe(true);
  expect(steps).toBeLessThan(COUNT * STEPS_A_SPAN);
});

test('a chain of a hundred thousand spans needs no search at all', () => {
  const { rows, steps } = layoutPlain(overlapping(COUNT, (i) => i - 1));
  expect(rows).toBe(COUNT);
  expect(steps).toBe(0);
});

test('tall blocks pass over many small gaps in few steps each', () => {
  // Spans 1 to 50,000 run at once and every other one ends: 25,000 gaps of one row. Then come pairs.
  const spans: PlainSpan[] = [{ parent: -1, start: 0, end: 1e9 }];
  for (let i = 1; i <= COUNT / 2; i++) spans.push({ parent: 0, start: i, end: i % 2 === 0 ? 1e6 : 1e9 });
  for (let i = 0; i < COUNT / 4; i++) {
    spans.push({ parent: 0, start: 2e6 + i, end: 1e9 }, { parent: spans.length, start: 2e6 + i, end: 1e9 });
  }
  const { rows, steps } = layoutPlain(spans);
  // One less than spans: the last that ended stood lowest, so the first pair begins in its row.
  expect(rows).toBe(COUNT);
  expect(steps).toBeLessThan(COUNT * STEPS_A_SPAN);
});

test('every block gets the rows that looking at each row would give it', () => {
  const block = fc.record({
    later: fc.integer({ min: 0, max: 4 }),
    height: fc.integer({ min: 1, max: 9 }),
    length: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(Infinity)),
  });
  // One skyline for all, as for all parents of a trace: nothing of one is left for the next.
  const skyline = new Skyline();
  fc.assert(
    fc.property(fc.array(block, { maxLength: 60 }), (blocks) => {
      skyline.clear();
      const rows: number[] = [];
      let time = 0;
      for (const { later, height, length } of blocks) {
        time += later;
        const row = findRunByRow(rows, time, height);
        expect(skyline.findRun(time, height)).toBe(row);
        skyline.take(row, height, time + length);
        takeByRow(rows, row, height, time + length);
      }
    }),
  );
});

test('every span gets the row that looking at each row would give it', () => {
  const drawn = fc.record({
    above: fc.nat({ max: 7 }),
    start: fc.nat({ max: 40 }),
    length: fc.oneof(fc.nat({ max: 20 }), fc.constant(Infinity)),
  });
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 60 }), (list) => {
      const spans = list.map(({ above, start, length }, i) => ({
        parent: i - 1 - above,
        start,
        end: start + length,
      }));
      const plain = spans.map((span) => ({ ...span, parent: Math.max(span.parent, -1) }));
      expect(layoutPlain(plain).row).toEqual(layoutByRow(plain));
    }),
    { numRuns: 300 },
  );
});

test('a time before the last one is refused, since what ended by then is forgotten', () => {
  const skyline = new Skyline();
  skyline.findRun(5, 1);
  expect(() => skyline.findRun(4, 1)).toThrow('back from 5 to 4');
});

/** `rows` holds until when each row is taken; the rows past its end are free. */
function findRunByRow(rows: readonly number[], time: number, height: number): number {
  for (let row = 0; ; row++) {
    if (rows.slice(row, row + height).every((until) => until <= time)) return row;
  }
}

function takeByRow(rows: number[], row: number, height: number, until: number): void {
  for (let i = row; i < row + height; i++) rows[i] = until;
}

interface Block {
  readonly from: number;
  readonly until: number;
  /** Row of each span of the block, below its first. */
  readonly places: ReadonlyMap<number, number>;
  readonly height: number;
}

/** The lanes' rule in its plainest words. */
function layoutByRow(spans: readonly PlainSpan[]): readonly number[] {
  const { places } = packByRow(spans, -1);
  return spans.map((_, span) => places.get(span) ?? -1);
}

function packByRow(spans: readonly PlainSpan[], parent: number): Block {
  const blocks = [...spans.keys()]
    .filter((span) => at(spans, span).parent === parent)
    .sort((a, b) => at(spans, a).start - at(spans, b).start)
    .map((span) => blockByRow(spans, span))
    .sort((a, b) => seekTime(a) - seekTime(b));
  const rows: number[] = [];
  const places = new Map<number, number>();
  for (const block of blocks) {
    const row = findRunByRow(rows, seekTime(block), block.height);
    takeByRow(rows, row, block.height, isInstant(block) ? block.until + 0.5 : block.until);
    for (const [span, place] of block.places) places.set(span, row + place);
  }
  const from = Math.min(...blocks.map((block) => block.from));
  const until = Math.max(...blocks.map((block) => block.until));
  return { from, until, places, height: rows.length };
}

function blockByRow(spans: readonly PlainSpan[], span: number): Block {
  const { start, end } = at(spans, span);
  const below = packByRow(spans, span);
  const places = new Map([[span, 0]]);
  for (const [child, place] of below.places) places.set(child, place + 1);
  const from = Math.min(start, below.from);
  return { from, until: Math.max(end, below.until), places, height: below.height + 1 };
}

const isInstant = ({ from, until }: Block): boolean => until <= from;
/** Half a µs keeps two instants of the same time apart. */
const seekTime = (block: Block): number => (isInstant(block) ? block.from : block.from + 0.5);
