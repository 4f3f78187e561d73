/** Random traces written and read again: what a user sees of them is the same, whatever the format. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../core/model/json.ts';
import { arbitraryRecords } from '../../../build/arbitrary-trace.ts';
import { convert, laidDown, tracesIn } from './convert.ts';

const RUNS = { numRuns: 20 };

const words = fc.string({ unit: 'binary', maxLength: 12 });
const metadata = fc.dictionary(
  words.filter((key) => key !== '__proto__'),
  fc.jsonValue({ maxDepth: 2, noUnicodeString: false }).map((value) => value as Json),
  { maxKeys: 4 },
);

/** A trace's item and its spans, with texts of every kind on them. */
const trace: fc.Arbitrary<readonly JsonObject[]> = fc
  .tuple(arbitraryRecords(8), words, metadata, words, words)
  .map(([spans, workflow, held, input, fault]) => [
    { object: 'trace', id: 't1', workflow_name: workflow, group_id: null, metadata: held },
    ...spans.map((span, i) => ({ ...span, ...textsOf(span, i, input, fault) })),
  ]);

function textsOf(span: JsonObject, i: number, input: string, message: string): JsonObject {
  const data = span.span_data as JsonObject;
  const isFunction = data.type === 'function';
  return {
    span_data: isFunction ? { ...data, input, output: i % 2 === 0 ? null : input } : data,
    error: i % 3 === 0 ? { message, data: { input } } : null,
  };
}

const fileOf = (records: readonly JsonObject[]): Promise<string> =>
  laidDown(Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join('')));

/** Some order of the records, and some of them once more. */
const disorder = fc.tuple(fc.array(fc.nat(1000), { maxLength: 9 }), fc.nat(7));

function disordered(records: readonly JsonObject[], [keys, again]: readonly [readonly number[], number]) {
  const twice = [...records, ...records.slice(0, again)];
  return twice.toSorted((a, b) => keyOf(keys, twice.indexOf(a)) - keyOf(keys, twice.indexOf(b)));
}

const keyOf = (keys: readonly number[], at: number): number => keys[at % Math.max(keys.length, 1)] ?? 0;

test.each(['bundle', 'openai-agents'] as const)(
  'any trace is the same when read back from %s, and the second writing has the same bytes',
  async (target) => {
    await fc.assert(
      fc.asyncProperty(trace, async (records) => {
        const source = await fileOf(records);
        const first = await convert([source], target);
        const back = await laidDown(first.bytes);
        expect(await tracesIn([back])).toEqual(await tracesIn([source]));
        expect((await convert([back], target)).bytes.equals(first.bytes)).toBe(true);
      }),
      RUNS,
    );
  },
);

test('the order in which a trace came, and how often, changes no byte of its bundle', async () => {
  await fc.assert(
    fc.asyncProperty(trace, disorder, async (records, way) => {
      const first = await convert([await fileOf(records)], 'bundle');
      const second = await convert([await fileOf(disordered(records, way))], 'bundle');
      expect(second.bytes.equals(first.bytes)).toBe(true);
    }),
    RUNS,
  );
});

test('any trace with spans settles as OTLP: what was read back is written with the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(trace, async (records) => {
      const first = await convert([await fileOf(records)], 'otlp');
      // OTLP knows no trace but by its spans, and no span without a time.
      fc.pre(first.bytes.length > 0);
      const second = await convert([await laidDown(first.bytes)], 'otlp');
      const third = await convert([await laidDown(second.bytes)], 'otlp');
      const untimed = first.state.losses.find(({ code }) => code === 'untimed')?.count ?? 0;
      expect(second.state.spans).toBe(first.state.spans - untimed);
      expect(third.bytes.equals(second.bytes)).toBe(true);
    }),
    RUNS,
  );
});
