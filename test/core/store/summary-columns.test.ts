import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listTrace, MAX_STOPS } from '../../../core/store/listed-trace.ts';
import { SummaryColumns } from '../../../core/store/summary-columns.ts';
import { summaryOf } from './listed-trace-samples.ts';

/** What a Map would read, by id. */
function readAll(columns: SummaryColumns): Map<string, unknown> {
  return new Map(
    [...columns.allIds()].sort().map((id) => [id, columns.read(columns.rowOf(id) ?? Number.NaN)]),
  );
}

function sorted(map: ReadonlyMap<string, unknown>): Map<string, unknown> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the columns of the library', () => {
  it('read as a Map does after any order of upserts and removals, also once encoded and decoded', () => {
    const step = fc.record({
      number: fc.nat(40),
      version: fc.nat(3),
      does: fc.constantFrom('put', 'put', 'remove'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const columns = new SummaryColumns();
        const map = new Map<string, unknown>();
        for (const { number, version, does } of steps) {
          const trace = { ...summaryOf(number + version * 1000), id: summaryOf(number).id };
          if (does === 'put') {
            columns.upsert(trace);
            map.set(trace.id, listTrace(trace));
          } else {
            expect(columns.remove(trace.id) !== undefined).toBe(map.delete(trace.id));
          }
        }
        expect(columns.size).toBe(map.size);
        expect(readAll(columns)).toEqual(sorted(map));
        const decoded = SummaryColumns.decode(columns.encode());
        expect(readAll(decoded)).toEqual(sorted(map));
        expect(decoded.encode()).toEqual(decoded.encode());
      }),
      { numRuns: 60 },
    );
  });

  it('take no start from the import of a file for a trace without spans, but do where it came live', () => {
    const bare = { ...summaryOf(1), spans: 0, origins: ['old.jsonl'] };
    const live = { ...bare, origins: ['live', 'old.jsonl'] };
    expect(listTrace(bare).startedUs).toBeNaN();
    expect(listTrace(live).startedUs).toBe(listTrace(summaryOf(1)).startedUs);
  });

  it('give the row of a removed trace to the next new one', () => {
    const columns = new SummaryColumns();
    for (let i = 0; i < 100; i++) columns.upsert(summaryOf(i));
    const row = columns.remove(summaryOf(40).id);
    expect(columns.rowOf(summaryOf(40).id)).toBeUndefined();
    expect(columns.upsert(summaryOf(700))).toBe(row);
    expect(columns.rows).toBe(100);
  });

  it('leave no text of a removed trace in what they encode', () => {
    const columns = new SummaryColumns();
    columns.upsert(summaryOf(1));
    columns.upsert({ ...summaryOf(2), workflowName: 'A secret plan', groupId: 'a secret group' });
    columns.remove(summaryOf(2).id);
    expect(new TextDecoder().decode(columns.encode())).not.toContain('secret');
  });

  it('tell upper from lower case in ids, and other shapes from their digits alone', () => {
    const digits = '0123456789abcdef0123456789abcdef';
    const uuid = '01234567-89ab-cdef-0123-456789abcdef';
    const ids = [digits, `trace_${digits}`, uuid, digits.toUpperCase(), uuid.replace('-', '_'), ''];
    const columns = new SummaryColumns();
    for (const id of ids) columns.upsert({ ...summaryOf(1), id });
    expect([...columns.allIds()].sort()).toEqual([...ids].sort());
  });

  it('keep so many stops of a way that never ends, and say how many there were', () => {
    const handoffs = Array.from({ length: 300 }, (): [string, string] => ['Triage', 'Billing']);
    const columns = new SummaryColumns();
    const { path, stops } = columns.read(columns.upsert({ ...summaryOf(1), handoffs }));
    expect(path).toHaveLength(MAX_STOPS);
    expect(stops).toBe(600);
  });

  it('take at most 200 bytes a trace, index and texts included', () => {
    const columns = new SummaryColumns();
    const traces = 40_000;
    for (let i = 0; i < traces; i++) columns.upsert(summaryOf(i));
    // A text counts 2 bytes a character and 48 for its places in array and Map; a list 80.
    const texts = [...columns.names.texts(), ...columns.ids.texts()];
    const textBytes = texts.reduce((sum, text) => sum + text.length * 2 + 48, 0) + columns.lists.size * 80;
    expect((columns.byteLength + textBytes) / traces).toBeLessThan(200);
  });

  it('refuse bytes that are cut short or of another version', () => {
    const columns = new SummaryColumns();
    columns.upsert(summaryOf(1));
    const bytes = columns.encode();
    expect(() => SummaryColumns.decode(bytes.subarray(0, bytes.length - 8))).toThrow(RangeError);
    const text = new TextDecoder('latin1').decode(bytes).replace('"version":1', '"version":9');
    expect(() => SummaryColumns.decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toThrow(
      /version 9/,
    );
  });
});
