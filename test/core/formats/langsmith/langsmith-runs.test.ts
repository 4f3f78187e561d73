/** Runs of LangSmith in every layout, and what a run may leave out. */
import { expect, it } from 'vitest';
import { langsmithRuns } from '../../../../core/formats/langsmith/langsmith-runs.ts';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import type { Json, JsonObject } from '../../../../core/model/json.ts';
import { readForeign, spanIdsOf, type ForeignReading } from '../foreign/read-foreign.ts';

const ROOT: JsonObject = {
  id: 'r',
  trace_id: 'r',
  name: 'Answer',
  run_type: 'chain',
  start_time: '2026-01-01T00:00:00.000001Z',
  end_time: 1767225602000,
  dotted_order: '20260101T000000000001Zr',
  inputs: { input: 'hello' },
  session_name: 'shop',
};
const CALL: JsonObject = {
  id: 'c',
  trace_id: 'r',
  parent_run_id: 'r',
  name: 'Chat',
  run_type: 'llm',
  start_time: '2026-01-01T00:00:01.000002',
  end_time: 1767225601000,
  dotted_order: '20260101T000000000001Zr.20260101T000001000002Zc',
  total_cost: '0.25',
  prompt_tokens: 3,
  completion_tokens: 2,
  total_tokens: 5,
};

const read = (value: Json): ForeignReading => readForeign(langsmithRuns, JSON.stringify(value));
const scoreOf = (text: string): number => langsmithRuns.sniff(readHead(new TextEncoder().encode(text)));

it('Every layout of the same runs is read the same', () => {
  const list = read([ROOT, CALL]);
  expect(spanIdsOf(list)).toEqual(['r', 'c']);
  expect(list.skipped).toEqual([]);
  const layouts: readonly Json[] = [{ runs: [ROOT, CALL] }, { post: [ROOT, CALL], patch: [] }];
  for (const layout of layouts) {
    expect(scoreOf(JSON.stringify(layout))).toBe(1);
    expect(read(layout).items).toEqual(list.items);
  }
  const lines = `${JSON.stringify(ROOT)}\n${JSON.stringify(CALL)}\n`;
  expect(readForeign(langsmithRuns, lines).items).toEqual(list.items);
  for (const chunk of [1, 7, 100]) expect(readForeign(langsmithRuns, lines, chunk).items).toEqual(list.items);
  const nested = read({ ...ROOT, child_runs: [CALL] });
  expect([...spanIdsOf(nested)].sort()).toEqual(['c', 'r']);
});

it('The API tells tokens and costs of a run itself, and times without a zone', () => {
  const { items } = read([CALL]);
  expect(items[0]).toMatchObject({
    started_at: '2026-01-01T00:00:01.000002Z',
    // Ends have milliseconds only: this one did not come before its start.
    ended_at: '2026-01-01T00:00:01.000002Z',
    span_data: {
      usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
      recorded_cost: { total: 0.25 },
    },
  });
});

it('A patch without an id is known by its order, and completes its run whichever came first', () => {
  const { id, name, run_type, ...begun } = CALL;
  const patch = {
    dotted_order: CALL['dotted_order'] ?? '',
    end_time: 1767225603000,
    outputs: { output: 'ho' },
  };
  const post = { id, name, run_type, ...begun, end_time: null } as JsonObject;
  const forth = readForeign(langsmithRuns, `${JSON.stringify(post)}\n${JSON.stringify(patch)}`);
  const back = readForeign(langsmithRuns, `${JSON.stringify(patch)}\n${JSON.stringify(post)}`);
  expect(back.items).toEqual(forth.items);
  expect(forth.items[0]).toMatchObject({
    id: 'c',
    parent_id: 'r',
    ended_at: '2026-01-01T00:00:03.000000Z',
    span_data: { type: 'generation', output: 'ho' },
  });
});

it('A run that never ends is kept as open; one that names nothing is left out', () => {
  const reading = read([{ ...ROOT, end_time: null }, { run_type: 'llm' }, { id: 'other' }, 7]);
  expect(reading.items[0]).toMatchObject({ id: 'r', ended_at: null });
  expect(reading.skipped.sort()).toEqual(['not-an-object', 'span-without-id', 'unknown-object']);
});

it('Behind damage whole runs are found again', () => {
  const text = `[${JSON.stringify(ROOT)}, {"id" "x"}, ${JSON.stringify(CALL)}]`;
  const reading = readForeign(langsmithRuns, text);
  expect(spanIdsOf(reading)).toEqual(['r', 'c']);
  expect(reading.skipped).toContain('broken-record');
});
