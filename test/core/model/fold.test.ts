/** The merge rule: order and copies never matter, and columns and full records agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openaiAgents } from '../../../core/formats/openai-agents.ts';
import { at } from '../../../core/model/assert.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import type { Json, JsonObject } from '../../../core/model/json.ts';
import { mergeSpanRecords } from '../../../core/model/merge-records.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { tableOfRecords } from '../../build/read-trace-text.ts';

type Fields = Record<string, Json>;

function span(fields: Fields, data: Fields = {}): JsonObject {
  return {
    object: 'trace.span',
    id: 's1',
    trace_id: 't1',
    parent_id: null,
    started_at: '2026-01-01T00:00:00.000Z',
    ended_at: '2026-01-01T00:00:01.000Z',
    span_data: { type: 'response', ...data },
    error: null,
    ...fields,
  };
}

function live(event: string, item: JsonObject, hidden?: JsonObject): JsonObject {
  return { event, at: '2026-01-01T00:00:02Z', item, ...(hidden && { private_span_data: hidden }) };
}

function fold(records: readonly JsonObject[]): SpanTable {
  const { table, rows, compare } = tableOfRecords(records);
  return foldSpans(table, rows, compare);
}

/** What a row says, as a value. */
function said(table: SpanTable, row = 0): Json {
  const c = table.columns;
  return {
    id: table.spanId(row),
    parent: table.parentId(row) ?? null,
    name: table.name(row),
    model: table.text('model', row) ?? null,
    start: String(c.startUs[row]),
    end: String(c.endUs[row]),
    flags: at(c.flags, row),
    tokens: [
      at(c.inputTokens, row),
      at(c.outputTokens, row),
      at(c.cachedTokens, row),
      at(c.totalTokens, row),
    ],
  };
}

describe('many reports of a span are one', () => {
  test('fault 29: an equal copy changes nothing', () => {
    const once = fold([span({})]);
    const twice = fold([span({}), span({})]);
    expect(twice.length).toBe(1);
    expect(said(twice)).toEqual(said(once));
  });

  test('fault 31: the end may come before the start', () => {
    const start = live('on_span_start', span({ ended_at: null }));
    const end = live('on_span_end', span({}, { response_id: 'r' }));
    expect(said(fold([end, start]))).toEqual(said(fold([start, end])));
    expect(at(fold([end, start]).columns.flags, 0) & SpanFlag.ended).toBe(SpanFlag.ended);
  });

  test('fault 30: of two that differ the larger canonical JSON wins, and it is flagged', () => {
    const a = span({}, { type: 'function', name: 'alpha' });
    const b = span({}, { type: 'function', name: 'beta' });
    for (const order of [
      [a, b],
      [b, a],
      [a, b, a],
    ]) {
      const folded = fold(order);
      expect(folded.name(0)).toBe('beta');
      expect(at(folded.columns.flags, 0) & SpanFlag.conflict).toBe(SpanFlag.conflict);
    }
  });

  test('two ends that only the events date are a conflict with one winner, in either order', () => {
    const open = span({ ended_at: null });
    const ends = ['08', '09'].map((second) => ({
      event: 'on_span_end',
      at: `2026-01-01T00:00:${second}Z`,
      item: open,
    }));
    expect(said(fold(ends))).toEqual(said(fold(ends.toReversed())));
    expect(at(fold(ends).columns.flags, 0) & SpanFlag.conflict).toBe(SpanFlag.conflict);
  });

  test('copies that differ only in the order of keys are no conflict', () => {
    const a = span({});
    const b = Object.fromEntries(Object.entries(a).toReversed());
    expect(at(fold([a, b]).columns.flags, 0) & SpanFlag.conflict).toBe(0);
  });

  test("the processor's model and usage join what the exporter stripped", () => {
    const usage = { input_tokens: 5, output_tokens: 2 };
    const exported = span({}, { response_id: 'r' });
    const seen = live('on_span_end', span({}, { response_id: 'r' }), {
      _response: { model: 'gpt-5', usage },
    });
    const folded = fold([exported, seen]);
    expect(folded.text('model', 0)).toBe('gpt-5');
    expect(folded.columns.inputTokens[0]).toBe(5);
    expect(at(folded.columns.flags, 0) & SpanFlag.conflict).toBe(0);
  });

  test('a name that only the open report knew is kept', () => {
    const open = live('on_span_start', span({ ended_at: null }, { type: 'function', name: 'lookup' }));
    const ended = live('on_span_end', span({}, { type: 'function' }));
    expect(fold([ended, open]).name(0)).toBe('lookup');
  });

  test('an error that one of two reports carries is kept', () => {
    const failed = span({ error: { message: 'boom' } });
    const seen = live('on_span_end', span({}));
    expect(at(fold([seen, failed]).columns.flags, 0) & SpanFlag.error).toBe(SpanFlag.error);
  });
});

const arbitraryReport = fc
  .record({
    event: fc.constantFrom(undefined, 'on_span_start', 'on_span_end'),
    ended: fc.constantFrom('2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z', null),
    parent: fc.constantFrom('s0', null),
    name: fc.constantFrom('alpha', 'beta', null),
    error: fc.constantFrom(null, { message: 'boom' }, { message: 'tool (non-fatal)' }),
    model: fc.constantFrom('gpt-5', 'gpt-4.1', null),
    usage: fc.constantFrom({ input_tokens: 3, output_tokens: 1 }, { input_tokens: 4 }, null),
  })
  .map(({ event, ended, parent, name, error, model, usage }) => {
    const fields = { ended_at: ended, parent_id: parent, error };
    const item = span(fields, { type: 'generation', name, model, usage });
    return event === undefined ? item : live(event, item);
  });

describe('the rule for any reports', () => {
  test('is commutative and idempotent', () => {
    fc.assert(
      fc.property(fc.array(arbitraryReport, { minLength: 1, maxLength: 5 }), (reports) => {
        const expected = said(fold(reports));
        expect(said(fold(reports.toReversed()))).toEqual(expected);
        expect(said(fold([...reports, ...reports]))).toEqual(expected);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('gives the same for columns as for the full records', () => {
    fc.assert(
      fc.property(fc.array(arbitraryReport, { minLength: 1, maxLength: 5 }), (reports) => {
        const folded = fold(reports);
        const full = reports.flatMap((report) => openaiAgents.readReport(report) ?? []);
        const { record, conflict } = mergeSpanRecords(full);
        const again = fold([record]);
        const lasting = ~(SpanFlag.processor | SpanFlag.conflict | SpanFlag.ended);
        expect(folded.name(0)).toBe(again.name(0));
        expect(folded.text('model', 0)).toBe(again.text('model', 0));
        expect(folded.parentId(0)).toBe(again.parentId(0));
        expect(folded.columns.inputTokens[0]).toBe(again.columns.inputTokens[0]);
        expect(at(folded.columns.flags, 0) & lasting).toBe(at(again.columns.flags, 0) & lasting);
        expect((at(folded.columns.flags, 0) & SpanFlag.conflict) !== 0).toBe(conflict);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
