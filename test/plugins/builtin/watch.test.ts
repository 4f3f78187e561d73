import { expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../../../core/model/json.ts';
import type { TraceResults } from '../../../core/rpc/plugins.ts';
import { matchStored } from '../../../electron/host/plugins/match-query.ts';
import { PluginDesk } from '../../../electron/host/plugins/plugin-desk.ts';
import { PluginRegistry } from '../../../electron/host/plugins/plugin-registry.ts';
import { StoredTraces } from '../../../electron/host/plugins/stored-traces.ts';
import { recordsOfText } from '../../build/read-trace-text.ts';
import { FakeClock } from '../../electron/host/plugins/fake-clock.ts';
import { startGuest } from '../../electron/host/plugins/start-guest.ts';
import { makeBatch, NOW_US, openTestStore } from '../../electron/host/store-fixture.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';

/** What Watch says of a drawn trace `t1`, in the real guest. */
async function watch(drawing: string, settings: JsonObject = {}): Promise<TraceResults | undefined> {
  const dataDirectory = await makeTemporaryDirectory();
  const { store } = await openTestStore(dataDirectory);
  const clock = new FakeClock();
  const registry = await PluginRegistry.open({ dataDirectory, clock, start: startGuest });
  await registry.enable('watch', true, undefined);
  await registry.change('watch', settings, undefined);
  const traces = new StoredTraces(
    store,
    () => NOW_US,
    matchStored(store.library, dataDirectory, () => NOW_US),
  );
  const touched = { listen: () => () => undefined };
  const desk = new PluginDesk({ registry, traces, library: store.library, touched, clock });
  onTestFinished(() => desk.close());
  await store.append(makeBatch(recordsOfText(drawing)), true);
  expect(await desk.run('watch', { runId: 'r', scope: {} })).toMatchObject({
    status: 'completed',
    skipped: 0,
  });
  return desk.resultsOf('t1')[0];
}

const findingsOf = async (drawing: string, settings?: JsonObject): Promise<readonly string[]> =>
  ((await watch(drawing, settings))?.findings ?? []).map(
    ({ code, severity, message, spanIds }) => `${severity} ${code}: ${message} ${spanIds.join(',')}`,
  );

it('says nothing of a trace that is as it should be', async () => {
  const drawing = `
    Triage    agent     0----------40
      gpt-5   response  0----20
      lookup  function       20----40
  `;
  expect(await findingsOf(drawing)).toEqual([]);
});

it('tells a slow trace, and marks what it waited for', async () => {
  const drawing = `
    Triage    agent     0----------400
      gpt-5   response  0----100
      lookup  function       100----400
  `;
  expect(await findingsOf(drawing, { slowMs: 300 })).toEqual([
    'warning slow-trace: It took 400 ms. s3',
    'info slow: The trace waited 300 ms for this. s3',
  ]);
  expect(await findingsOf(drawing, { slowMs: 400 })).toEqual([]);
});

it('tells errors that say the same once, with all their spans and the name of the innermost', async () => {
  const drawing = `
    Triage      agent     0----------40  !"timeout after 30 s"
      Turn 1    turn      0----------40  agent=Triage !"timeout after 31 s"
        lookup  function  0----20        !"timeout after 32 s"
        search  function       20----40  !"no such table"
  `;
  const findings = await findingsOf(drawing);
  expect(findings).toHaveLength(2);
  expect(findings[0]).toMatch(/^error errors: lookup: timeout after .* s1,s2,s3$/);
  expect(findings[1]).toMatch(/^error errors: search: no such table s4$/);
  expect(await findingsOf(drawing, { errors: false })).toEqual([]);
});

it('tells a guardrail that tripped', async () => {
  const drawing = `
    Triage  agent      0----------40
      pii   guardrail  0----10  tripped
      pii   guardrail  10----20
  `;
  expect(await findingsOf(drawing)).toEqual(['warning guardrail-tripped: The guardrail "pii" tripped. s2']);
});

const LOOP = `
  Run               task     0------------------90
    Triage          agent    0--10
      Triage>Tech   handoff  8-9
    Tech            agent    10--20
      Tech>Triage   handoff  18-19
    Triage          agent    20--30
      Triage>Tech   handoff  28-29
    Tech            agent    30--40
      Tech>Triage   handoff  38-39
`;

it('tells agents that hand off in circles, by one name for each circle', async () => {
  expect(await findingsOf(LOOP)).toEqual([
    'warning handoff-loop: Agents went round 2 times: Tech → Triage → Tech. s5,s9',
  ]);
});

it('tells a circle only after so many rounds, and not through a desk that people come back to', async () => {
  expect(await findingsOf(LOOP, { loopRounds: 3 })).toEqual([]);
  expect(await findingsOf(LOOP, { loopRounds: 0 })).toEqual([]);
  expect(await findingsOf(LOOP, { ignoreAgents: ['Tech'] })).toEqual([]);
});
