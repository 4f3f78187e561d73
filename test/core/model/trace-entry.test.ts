import { expect, test } from 'vitest';

import {
  headersConflict,
  MAX_HEADERS,
  mergeHeaders,
  mergeTraceEntries,
  type TraceEntry,
  type TraceHeader,
} from '../../../core/model/trace-entry.ts';

const exported: TraceHeader = { workflowName: 'Support', metadata: { tier: 'gold' }, processor: false };
const seen: TraceHeader = { workflowName: 'Support desk', groupId: 'g1', processor: true };

function entry(part: Partial<TraceEntry>): TraceEntry {
  return {
    id: 't1',
    headers: [],
    firstSeenUs: 5,
    lastSeenUs: 5,
    live: false,
    ended: false,
    sources: ['openai-agents'],
    origins: ['a.jsonl'],
    clockOffsetUs: undefined,
    ...part,
  };
}

test("a trace's header takes each field from the best report that has it", () => {
  const expected = {
    workflowName: 'Support desk',
    groupId: 'g1',
    metadata: { tier: 'gold' },
    processor: true,
  };
  expect(mergeHeaders([exported, seen])).toEqual(expected);
  expect(mergeHeaders([seen, exported, seen])).toEqual(expected);
});

test('fault 39: differing workflow or metadata is a conflict, a missing one is not', () => {
  expect(headersConflict([exported, seen])).toBe(true);
  expect(headersConflict([exported, { groupId: 'g', processor: true }])).toBe(false);
});

test('entries merge the same in either order', () => {
  const a = entry({ headers: [exported], firstSeenUs: 3, live: true, clockOffsetUs: 7 });
  const b = entry({ headers: [seen], lastSeenUs: 9, ended: true, origins: ['live'], clockOffsetUs: 4 });
  const expected = { firstSeenUs: 3, lastSeenUs: 9, live: true, ended: true, clockOffsetUs: 4 };
  expect(mergeTraceEntries(a, b)).toMatchObject({ ...expected, origins: ['a.jsonl', 'live'] });
  expect(mergeTraceEntries(b, a)).toMatchObject({ ...expected, origins: ['a.jsonl', 'live'] });
});

test('of endlessly differing headers those that rank first are kept, whatever their order', () => {
  const many = Array.from({ length: 500 }, (_, i): TraceHeader => {
    return { workflowName: `Workflow ${String(i)}`, processor: false };
  });
  const kept = (headers: readonly TraceHeader[]): readonly TraceHeader[] =>
    headers.reduce((merged, header) => mergeTraceEntries(merged, entry({ headers: [header] })), entry({}))
      .headers;
  expect(kept(many)).toHaveLength(MAX_HEADERS);
  expect(mergeHeaders(kept(many))).toEqual(mergeHeaders(kept(many.toReversed())));
  expect(new Set(kept(many))).toEqual(new Set(kept(many.toReversed())));
});

test('a header that came again is kept once', () => {
  const merged = mergeTraceEntries(entry({ headers: [seen] }), entry({ headers: [{ ...seen }] }));
  expect(merged.headers).toHaveLength(1);
});
