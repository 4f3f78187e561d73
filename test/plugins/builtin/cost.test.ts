import { expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../../../core/model/json.ts';
import type { PluginRunReport, TraceResults } from '../../../core/rpc/plugins.ts';
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import { matchStored } from '../../../electron/host/plugins/match-query.ts';
import { PluginDesk } from '../../../electron/host/plugins/plugin-desk.ts';
import { PluginRegistry } from '../../../electron/host/plugins/plugin-registry.ts';
import { StoredTraces } from '../../../electron/host/plugins/stored-traces.ts';
import { readSnapshot } from '../../../electron/host/prices/read-prices.ts';
import { recordsOfText } from '../../build/read-trace-text.ts';
import { FakeClock } from '../../electron/host/plugins/fake-clock.ts';
import { startGuest } from '../../electron/host/plugins/start-guest.ts';
import { makeBatch, NOW_US, openTestStore } from '../../electron/host/store-fixture.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';

/** A call of gpt-5 for 0.00325 dollars, and one that has no price. */
const DRAWING = `
  trace t1 workflow="Test workflow"
  Triage      agent       0----------40
    gpt-5     generation  0----20    in=1000 out=200
    my-model  generation  20----40   in=1000 out=200
`;

interface Looked {
  readonly report: PluginRunReport;
  readonly results: () => TraceResults | undefined;
  /** Other prices hold from here on. */
  readonly changePrices: () => void;
}

/** What Cost says of the drawn trace `t1`, in the real guest. */
async function look(settings: JsonObject = {}): Promise<Looked> {
  const dataDirectory = await makeTemporaryDirectory();
  const { store } = await openTestStore(dataDirectory);
  const clock = new FakeClock();
  const registry = await PluginRegistry.open({ dataDirectory, clock, start: startGuest });
  await registry.enable('cost', true, undefined);
  await registry.change('cost', settings, undefined);
  const now = (): number => NOW_US;
  const match = matchStored(store.library, dataDirectory, now);
  const files = { snapshot: readSnapshot(), own: null, ownId: '' };
  let book = openPriceBook(files);
  const traces = new StoredTraces(store, now, match, () => book);
  const touched = { listen: () => () => undefined };
  const desk = new PluginDesk({ registry, traces, library: store.library, touched, clock });
  onTestFinished(() => desk.close());
  await store.append(makeBatch(recordsOfText(DRAWING)), true);
  const report = await desk.run('cost', { runId: 'r', scope: {} });
  expect(report).toMatchObject({ status: 'completed', skipped: 0 });
  return {
    report,
    results: () => desk.resultsOf('t1').find(({ by }) => by === 'cost'),
    changePrices: () => {
      book = openPriceBook({ ...files, own: { providers: [] }, ownId: 'others' });
    },
  };
}

it('keeps what each span costs as a value of its own, and none of what has no price', async () => {
  const { results } = await look();
  const values = Object.values(results()?.values ?? {});
  expect(values).toEqual([{ 'cost.usd': expect.closeTo(0.003_25, 12) as number }]);
  expect(results()?.findings).toEqual([]);
});

it('says that a trace cost more than it may, what the most of it was, and what has no price', async () => {
  const { results } = await look({ traceUsd: 0.003 });
  expect(results()?.findings).toMatchObject([
    {
      code: 'over-budget',
      severity: 'warning',
      message: 'It cost $0.0033, and $0.0030 are its budget. 1 more calls have no price.',
    },
  ]);
});

it('takes the limit of a workflow in place of that of all traces', async () => {
  const { results } = await look({ traceUsd: 0.003, workflowUsd: ['Unnamed=1', 'Other = $0.5', '=2'] });
  const { results: named } = await look({ traceUsd: 0.5, workflowUsd: ['Test workflow = $0.001'] });
  expect(results()?.findings).toHaveLength(1);
  expect(named()?.findings).toHaveLength(1);
});

it('adds up days and workflows, and says which day was over its budget', async () => {
  const { report } = await look({ dayUsd: 0.001 });
  expect(report.results).toMatchObject([
    {
      analysis: 'spending',
      kind: 'table',
      rows: [[expect.any(String), 'Test workflow', 1, expect.closeTo(0.003_25, 12), 1, 't1']],
    },
    { kind: 'alert', code: 'day-over-budget', traceId: 't1' },
  ]);
});

it('holds no longer once other prices do', async () => {
  const { results, changePrices } = await look();
  expect(results()?.isStale).toBe(false);
  changePrices();
  expect(results()?.isStale).toBe(true);
});
