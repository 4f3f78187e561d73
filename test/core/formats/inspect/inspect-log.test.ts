/** What of an Inspect sample becomes a span, and what stands in attachments. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { expandAttachments } from '../../../../core/formats/inspect/attachments.ts';
import { inspectLog } from '../../../../core/formats/inspect/inspect-log.ts';
import { readForeign, type ForeignReading } from '../foreign/read-foreign.ts';

const at = (second: number): JsonObject => ({ timestamp: `2025-01-01T00:00:0${String(second)}+00:00` });
const read = (events: readonly JsonObject[], sample: JsonObject = {}): ForeignReading =>
  readForeign(
    inspectLog,
    JSON.stringify({
      eval: { task: 'quiz', run_id: 'r' },
      samples: [{ id: 1, epoch: 1, uuid: 's', events, ...sample }],
    }),
  );

it('Spans nest, calls stand in the span around them, other events are kept with it', () => {
  const { items } = read([
    { event: 'span_begin', id: 'a', type: 'agent', name: 'solver', ...at(0) },
    { event: 'span_begin', id: 'b', parent_id: 'a', type: 'scorer', name: 'match', ...at(1) },
    { event: 'score', span_id: 'b', score: { value: 'C' }, ...at(2) },
    { event: 'span_end', id: 'b', ...at(3) },
    {
      event: 'tool',
      span_id: 'a',
      id: 'call_1',
      function: 'bash',
      arguments: { cmd: 'ls' },
      result: '',
      error: { type: 'timeout', message: 'too slow' },
      completed: '2025-01-01T00:00:05+00:00',
      ...at(4),
    },
    { event: 'span_end', id: 'a', ...at(6) },
  ]);
  expect(items).toMatchObject([
    { parent_id: 'a', span_data: { type: 'function', name: 'bash' }, error: { message: 'too slow' } },
    { id: 'a', span_data: { type: 'agent', name: 'solver' }, ended_at: '2025-01-01T00:00:06.000000Z' },
    {
      id: 'b',
      parent_id: 'a',
      span_data: { data: { subkind: 'evaluator' } },
      origin: { events: [{ event: 'score' }] },
    },
    { object: 'trace', id: 's', workflow_name: 'quiz', group_id: 'r' },
  ]);
});

it('Tokens that were cached beside the input are counted into it', () => {
  const usage = { input_tokens: 3, input_tokens_cache_read: 90, output_tokens: 7, total_tokens: 100 };
  const { items } = read([{ event: 'model', model: 'anthropic/claude', output: { usage }, ...at(0) }]);
  expect(items[0]).toMatchObject({
    span_data: { model: 'claude', provider: 'anthropic', usage: { input_tokens: 93, total_tokens: 100 } },
    origin: { accounting: { mode: 'exclusive' } },
  });
});

it('A sample that was cut off leaves its span open, and says so', () => {
  const { items, notes } = read([{ event: 'span_begin', id: 'a', name: 'solver', ...at(0) }]);
  expect(items[0]).toMatchObject({ id: 'a', ended_at: null });
  expect(notes).toEqual(['unclosed-span']);
});

it('Texts are put back where they are named, but not without end', () => {
  const name = 'attachment://0123456789abcdef';
  expect(expandAttachments([name, { x: name }], { '0123456789abcdef': 'long' })).toEqual([
    'long',
    { x: 'long' },
  ]);
  const bomb = expandAttachments(
    Array.from({ length: 100 }, () => name),
    { '0123456789abcdef': 'x'.repeat(1_000_000) },
  );
  expect(JSON.stringify(bomb).length).toBeLessThan(20_000_000);
});
