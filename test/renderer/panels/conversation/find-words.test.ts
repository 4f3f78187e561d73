import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { findWords } from '../../../../renderer/panels/conversation/find-words.ts';
import { courseOf } from '../../../../renderer/state/trace-course.ts';
import { loadDrawn } from '../trace/load-drawn.ts';

const USER = { role: 'user', content: 'Where is my Parcel?' };
const CALL = {
  role: 'assistant',
  content: 'I look.',
  tool_calls: [{ id: 'c1', function: { name: 'track', arguments: '{"id":7}' } }],
};
const DATA: Readonly<Record<number, JsonObject>> = {
  1: { type: 'generation', input: [USER], output: [CALL] },
  2: { type: 'function', name: 'track', input: '{"id":7}', output: 'in Delft' },
  3: { type: 'generation', input: [USER, CALL], output: [{ role: 'assistant', content: 'In Delft.' }] },
};

const TRACE = `
  Desk       agent      0-----------30
    gpt-5    generation 1--10
    track    function      11--15
    gpt-5    generation          16--25
`;

async function find(words: string): Promise<readonly number[]> {
  const { model } = loadDrawn(TRACE, 'a.jsonl');
  const read = (rows: readonly number[]): Promise<Map<number, { record: JsonObject }>> =>
    Promise.resolve(new Map(rows.map((row) => [row, { record: { span_data: DATA[row] ?? {} } }])));
  const found: number[] = [];
  for await (const step of findWords(words, model.table, courseOf(model).entries, read))
    found.push(...step.found);
  return found;
}

test('words are found where they were first said, not where they are repeated', async () => {
  expect(await find('parcel')).toEqual([0]);
});

test('arguments and results of tools are found at the call that asked for them', async () => {
  expect(await find('"id":7')).toEqual([0]);
  expect(await find('delft')).toEqual([0, 1]);
  expect(await find('nowhere')).toEqual([]);
});
