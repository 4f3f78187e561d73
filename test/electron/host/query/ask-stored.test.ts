/** Whoever chooses traces by a query in the host, page, insights or plugins, chooses the same. */
import { expect, onTestFinished, test } from 'vitest';
import { openPriceBook } from '../../../../core/analysis/cost/open-price-book.ts';
import { computeCorpusInsights } from '../../../../core/analysis/corpus/corpus-insights.ts';
import { parseQuery } from '../../../../core/query/parse-query.ts';
import { CorpusDesk } from '../../../../electron/host/corpus/corpus-desk.ts';
import { matchStored } from '../../../../electron/host/plugins/match-query.ts';
import { readPrices } from '../../../../electron/host/prices/read-prices.ts';
import { askTraces } from '../../../../electron/host/query/ask-traces.ts';
import { makeLocalClock } from '../../../../electron/host/query/local-clock.ts';
import { makeBatch, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const span = (traceId: string, id: string, parent: string | null, data: object): object => ({
  ...{ object: 'trace.span', id, trace_id: traceId, parent_id: parent, error: null, span_data: data },
  ...{ started_at: '2026-06-01T00:00:00.000Z', ended_at: '2026-06-01T00:00:01.000Z' },
});

/** `inside`: a tool of Triage. `below`: of Billing, whose run stands below Triage's. `told`: a handoff without runs. */
const RECORDS = [
  span('inside', 'a', null, { type: 'agent', name: 'Triage' }),
  span('inside', 'b', 'a', { type: 'function', name: 'lookup' }),
  span('below', 'c', null, { type: 'agent', name: 'Triage' }),
  span('below', 'd', 'c', { type: 'agent', name: 'Billing' }),
  span('below', 'e', 'd', { type: 'function', name: 'lookup' }),
  span('told', 'f', null, { type: 'handoff', from_agent: 'Triage', to_agent: 'Billing' }),
];

test.each([
  ['span(tool:lookup agent:Triage)', ['inside']],
  ['span(tool:lookup agent:Billing)', ['below']],
  ['span(kind:handoff agent:Triage)', ['told']],
  ['span(kind:agent agent:Triage)', ['below', 'inside']],
  ['cost>0', []],
])('%s', async (query, expected) => {
  const directory = await makeTemporaryDirectory();
  const { store } = await openTestStore(directory);
  await store.append(makeBatch(RECORDS), false);
  const { library } = store;
  const parsed = parseQuery(query);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);

  const asked: string[] = [];
  await askTraces({
    ...{ library, tree: parsed.tree, clock: makeLocalClock(NOW_US), isStopped: () => false },
    book: openPriceBook(await readPrices(directory)),
    onSlice: (passed) => asked.push(...passed),
  });
  expect(asked.sort()).toEqual(expected);

  const matches = await matchStored(library, directory, () => NOW_US)(query);
  const matched = library.summaries().filter(matches);
  expect(matched.map(({ id }) => id).sort()).toEqual(expected);

  const desk = new CorpusDesk({ library, clock: () => NOW_US, readPrices: () => readPrices(directory) });
  onTestFinished(() => {
    desk.stop();
  });
  const told = await desk.ask({ runId: 'r', query }, computeCorpusInsights, () => undefined);
  expect(told.totals.reach.traces).toBe(expected.length);
});
