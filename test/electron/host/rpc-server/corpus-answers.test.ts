/** Questions over many traces as a page asks them: over a line to a real host. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../../../core/rpc/connection.ts';
import { startHost } from '../../../../electron/host/host.ts';
import { TRANSPORTS } from '../../../contract/transports.ts';
import { plantCorpus } from '../../../generate/plant-corpus.ts';
import { call } from '../door/door-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const [transport] = TRANSPORTS;

async function openPage(traces: number): Promise<Connection> {
  const directory = await makeTemporaryDirectory();
  const dataDirectory = join(directory, 'data');
  const start = await startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
  if (start.kind !== 'started' || transport === undefined) throw new Error('the directory is new');
  const { host } = start;
  onTestFinished(() => host.close());
  const body = JSON.stringify({ data: plantCorpus({ seed: 5, traces, planted: true }).records });
  expect((await call(Number(new URL(host.ingest).port), { body })).status).toBe(204);
  const page = new Connection({ port: await transport.open(host), onEvent: () => undefined });
  await page.request('hello', { token: host.token });
  return page;
}

it('answers each of them, of one and the same traces', async () => {
  const page = await openPage(12);
  const params = { runId: 'r', query: '' };
  const scopes = [
    (await page.request('corpus.map', params)).result.scope,
    (await page.request('corpus.loops', params)).result.scope,
    (await page.request('corpus.insights', params)).result.scope,
    (await page.request('corpus.flame', { ...params, weight: 'tokens' })).result.scope,
    (await page.request('corpus.groups', { ...params, by: 'group' })).result.scope,
  ];
  expect(scopes[0]?.traces).toBe(12);
  const same = scopes.map((scope) => ({ ...scope, tookMs: 0 }));
  for (const each of same) expect(each).toEqual(same[0]);
});

it('a figure leads to its traces: by its query the same come, asked in either way', async () => {
  const page = await openPage(12);
  const { errors } = (await page.request('corpus.insights', { runId: 'r', query: '' })).result;
  expect(errors.length).toBeGreaterThan(0);
  for (const { errorClass, kind, count, reach } of errors) {
    const query = reach.query ?? 'none is told';
    const own = (await page.request('corpus.insights', { runId: 'r', query })).result;
    expect(own.scope.traces).toBe(reach.traces);
    const same = own.errors.find((each) => each.errorClass === errorClass && each.kind === kind);
    expect(same?.count).toBe(count);
    const asked = (await page.request('query.traces', { runId: 'q', query })).result;
    expect(asked.matching).toBe(reach.traces);
  }
});

it('refuses a query that cannot be read, and a word that is none', async () => {
  const page = await openPage(1);
  const asked = page.request('corpus.map', { runId: 'r', query: 'agent:(' });
  await expect(asked).rejects.toMatchObject({ code: 'bad-query' });
  await expect(asked).rejects.toThrow(/character \d+/);
  const weight = 'beauty' as 'time';
  const flame = page.request('corpus.flame', { runId: 'r', query: '', weight });
  await expect(flame).rejects.toMatchObject({ code: 'bad-params' });
});

it('stops what is cancelled, and what is asked anew under its id, and answers the next', async () => {
  const page = await openPage(12);
  const params = { runId: 'r', query: '' };
  const stopped = page.request('corpus.map', params);
  const cancelled = page.request('corpus.cancel', { runId: 'r' });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect((await cancelled).result).toEqual({});
  const before = page.request('corpus.insights', params);
  const after = page.request('corpus.insights', params);
  await expect(before).rejects.toMatchObject({ code: 'cancelled' });
  expect((await after).result.scope.traces).toBe(12);
});
