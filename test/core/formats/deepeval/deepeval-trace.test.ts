/** deepeval's spans where the fixture has none: tools, retrievers, failures, and an id behind the spans. */
import { expect, it } from 'vitest';
import { deepevalTrace } from '../../../../core/formats/deepeval/deepeval-trace.ts';
import { readForeign } from '../foreign/read-foreign.ts';

it('Every list becomes its kind, also where the id of the trace stands behind them', () => {
  const time = { startTime: '2026-01-01T00:00:00.000Z', endTime: '2026-01-01T00:00:01.000Z' };
  const file = {
    agentSpans: [{ uuid: 'a', name: 'Triage', type: 'agent', agentHandoffs: ['Billing'], ...time }],
    toolSpans: [
      { uuid: 't', parentUuid: 'a', name: 'lookup', type: 'tool', status: 'ERRORED', error: 'no', ...time },
    ],
    retrieverSpans: [{ uuid: 'r', parentUuid: 'a', name: 'find', type: 'retriever', ...time }],
    baseSpans: [{ uuid: 'b', parentUuid: 'b', name: 'run', type: 'base', ...time }],
    uuid: 'trace',
    threadId: 'thread',
    name: 'run',
  };
  expect(readForeign(deepevalTrace, JSON.stringify(file)).items).toMatchObject([
    { trace_id: 'trace', span_data: { type: 'agent', name: 'Triage', handoffs: ['Billing'] } },
    { parent_id: 'a', span_data: { type: 'function', name: 'lookup' }, error: { message: 'no' } },
    { parent_id: 'a', span_data: { type: 'custom', data: { subkind: 'retriever' } } },
    { parent_id: null, span_data: { type: 'custom', name: 'run' } },
    { object: 'trace', id: 'trace', workflow_name: 'run', group_id: 'thread' },
  ]);
});
