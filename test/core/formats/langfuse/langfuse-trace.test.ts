/** Both shapes of Langfuse's exports, and how its token counts are read. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { langfuseTrace } from '../../../../core/formats/langfuse/langfuse-trace.ts';
import { readLangfuseUsage } from '../../../../core/formats/langfuse/read-usage.ts';
import { readForeign, type ForeignReading } from '../foreign/read-foreign.ts';

const TRACE: JsonObject = {
  id: 't',
  projectId: 'p',
  name: 'chat',
  sessionId: 's',
  userId: 'u',
  tags: ['a'],
  metadata: '{"k":1}',
};
const CALL: JsonObject = {
  id: 'g',
  traceId: 't',
  type: 'GENERATION',
  name: 'answer',
  startTime: '2025-01-01T00:00:00.000Z',
  endTime: '2025-01-01T00:00:02.000Z',
  completionStartTime: '2025-01-01T00:00:00.500Z',
  parentObservationId: null,
  model: 'm',
  input: '[{"role":"user","content":"hello"}]',
  level: 'ERROR',
  statusMessage: 'refused',
  usageDetails: {
    input: 3,
    output: 442,
    total: 8712,
    cache_read_input_tokens: 7917,
    cache_creation_input_tokens: 350,
  },
  costDetails: { input: 1, output: 2, total: 3 },
};
const read = (file: JsonObject): ForeignReading => readForeign(langfuseTrace, JSON.stringify(file));

it('A trace with its observations inside reads like one with them beside it', () => {
  const beside = read({ trace: TRACE, observations: [CALL] });
  expect(read({ ...TRACE, observations: [CALL] }).items).toEqual(beside.items);
  expect(beside.items).toMatchObject([
    {
      span_data: {
        type: 'generation',
        model: 'm',
        input: [{ role: 'user', content: 'hello' }],
        usage: { input_tokens: 8270, output_tokens: 442, total_tokens: 8712 },
        time_to_first_token_ms: 500,
        recorded_cost: { total: 3 },
      },
      error: { message: 'refused' },
      origin: { accounting: { mode: 'exclusive' } },
    },
    { object: 'trace', workflow_name: 'chat', group_id: 's', metadata: { k: 1, user_id: 'u', tags: ['a'] } },
  ]);
});

it('The poorer copy of an observation counts only where the full one is missing', () => {
  const poor = { ...CALL, input: null, output: null };
  const both = read({
    trace: { ...TRACE, observations: [poor, { ...poor, id: 'lost' }] },
    observations: [CALL],
  });
  expect(both.items.map(({ id }) => id)).toEqual(['g', 'lost', 't']);
  expect(both.items[0]).toMatchObject({ span_data: { input: [{ role: 'user', content: 'hello' }] } });
});

describe('token counts', () => {
  const USAGES: readonly (readonly [string, JsonObject, JsonObject | undefined])[] = [
    ['say nothing', {}, undefined],
    [
      'have no parts',
      { input: 41, output: 3, total: 44 },
      { input_tokens: 41, output_tokens: 3, total_tokens: 44 },
    ],
    [
      'stand beside what was cached',
      { input: 10, input_cached_tokens: 90, output: 5, total: 105 },
      { input_tokens: 100, output_tokens: 5, total_tokens: 105 },
    ],
    [
      'hold what was cached, as OpenTelemetry has it',
      { input: 100, 'prompt_details.cache_read': 90, output: 5, total: 105 },
      { input_tokens: 100, output_tokens: 5, total_tokens: 105 },
    ],
    [
      'stand beside thinking and sound',
      { input: 10, input_audio: 20, output: 5, output_reasoning: 15, total: 50 },
      {
        input_tokens: 30,
        output_tokens: 20,
        total_tokens: 50,
        output_tokens_details: { reasoning_tokens: 15 },
      },
    ],
  ];
  for (const [what, details, usage] of USAGES) {
    it(`that ${what}`, () => {
      const read = readLangfuseUsage(details)?.usage;
      if (usage === undefined) expect(read).toBeUndefined();
      else expect(read).toMatchObject(usage);
    });
  }
});
