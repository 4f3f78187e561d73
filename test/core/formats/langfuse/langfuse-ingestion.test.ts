/** Events that Langfuse's SDK posts: laid together by id, in whatever order and batch they come. */
import { expect, it } from 'vitest';
import { langfuseIngestion } from '../../../../core/formats/langfuse/langfuse-ingestion.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { readForeign } from '../foreign/read-foreign.ts';

function event(type: string, second: number, body: JsonObject): JsonObject {
  return { id: `e${String(second)}`, type, timestamp: `2026-01-01T00:00:0${String(second)}.000Z`, body };
}

const EVENTS: readonly JsonObject[] = [
  event('trace-create', 0, { id: 't', name: 'chat', sessionId: 's' }),
  event('span-create', 1, { id: 'a', traceId: 't', name: 'A', startTime: '2026-01-01T00:00:01.000Z' }),
  event('span-update', 2, { id: 'a', traceId: 't', output: 'first', metadata: { x: 1 } }),
  event('span-update', 3, { id: 'a', traceId: 't', output: 'last', metadata: { y: 2 } }),
  event('span-update', 4, { id: 'a', traceId: 't', endTime: '2026-01-01T00:00:04.000Z', output: null }),
  event('score-create', 5, { id: 'q', traceId: 't', name: 'quality', value: 1 }),
];

it('What was said later wins, whatever order and batches it comes in', () => {
  const whole = readForeign(langfuseIngestion, JSON.stringify({ batch: EVENTS }));
  expect(whole.items).toMatchObject([
    {
      id: 'a',
      ended_at: '2026-01-01T00:00:04.000000Z',
      span_data: { data: { output: 'last' } },
      origin: { langfuse: { metadata: { x: 1, y: 2 } } },
    },
    {
      object: 'trace',
      workflow_name: 'chat',
      group_id: 's',
      origin: { langfuse: { scores: [{ name: 'quality' }] } },
    },
  ]);
  const lines = [...EVENTS].reverse().map((each) => JSON.stringify({ batch: [each] }));
  expect(readForeign(langfuseIngestion, lines.join('\n')).items).toEqual(whole.items);
});

it('Events that are none of a trace are left out, and counted', () => {
  const batch = [event('sdk-log', 1, { id: 'l' }), event('span-create', 2, {}), 7, ...EVENTS];
  const reading = readForeign(langfuseIngestion, JSON.stringify({ batch }));
  expect(reading.skipped).toEqual(['unknown-object', 'unknown-object', 'unknown-object']);
  expect(reading.items).toHaveLength(2);
});
