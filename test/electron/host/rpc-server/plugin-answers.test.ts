import { expect, it } from 'vitest';
import type { Json } from '../../../../core/model/json.ts';
import { answerPlugins } from '../../../../electron/host/rpc-server/plugin-answers.ts';
import { fill, ID, openBench, COUNTING, alertOf } from '../plugins/desk-fixture.ts';
import { writePlugin } from '../plugins/fake-plugins.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

it('tells of plugins, runs them, and keeps what they said, by the words of the contract', async () => {
  const { desk, store } = await openBench({
    ...COUNTING,
    hooks: { processTrace: (trace: Json) => alertOf(trace, 'Seen.') },
  });
  await fill(store, 2);
  const answers = answerPlugins(desk);
  const { plugins } = (await answers['plugins.list']({})).result;
  expect(plugins.find(({ id }) => id === ID)).toMatchObject({ origin: 'installed', analyses: ['all'] });
  const run = (await answers['plugins.run']({ id: ID, runId: 'r', traceIds: ['t1'] })).result;
  expect(run).toMatchObject({ status: 'completed', traces: 1 });
  expect((await answers['plugins.results']({ id: ID })).result.runs).toEqual([run]);
  expect((await answers['plugins.trace']({ traceId: 't1' })).result.results).toMatchObject([{ by: ID }]);
  expect((await answers['findings.list']({})).result.groups).toMatchObject([{ traces: 1 }]);
  expect((await answers['findings.counts']({})).result.traces).toEqual({
    t1: { info: 0, warning: 1, error: 0 },
  });
  const { lines } = (await answers['plugins.log']({ id: ID })).result;
  expect(lines.at(-1)?.text).toBe('Run completed: 1 trace, 1 looked at, 0 known, 0 left out.');
});

it('a refusal is a sentence for the person who asked', async () => {
  const { desk } = await openBench(COUNTING);
  const answers = answerPlugins(desk);
  const refused = (message: string): object => ({ code: 'plugin-refused', message });
  const none = refused('There is no plugin local.none.');
  await expect(answers['plugins.enable']({ id: 'local.none', enabled: true })).rejects.toMatchObject(none);
  await expect(answers['plugins.run']({ id: 'local.none', runId: 'r' })).rejects.toMatchObject(none);
  await expect(answers['plugins.log']({ id: 'local.none' })).rejects.toMatchObject(none);
  await expect(answers['plugins.run']({ id: ID })).rejects.toMatchObject({ code: 'bad-params' });
  const folder = await writePlugin(await makeTemporaryDirectory(), 'local.b');
  await expect(answers['plugins.install']({ path: folder, bundleHash: 'another' })).rejects.toMatchObject(
    refused('local.b has changed since it was looked at. Look at it again.'),
  );
  expect((await answers['plugins.inspect']({ path: folder })).result).toMatchObject({
    id: 'local.b',
    reads: ['timing'],
  });
});

it('switches off, changes settings and removes', async () => {
  const settings = { limit: { type: 'number', default: 1 } };
  const { desk } = await openBench(COUNTING, { manifest: { settings } });
  const answers = answerPlugins(desk);
  const changed = (await answers['plugins.settings']({ id: ID, settings: { limit: 3 }, order: 2 })).result;
  expect(changed.plugin).toMatchObject({ settings: { limit: 3 }, order: 2 });
  const off = (await answers['plugins.enable']({ id: ID, enabled: false })).result;
  expect(off.plugin).toMatchObject({ enabled: false, status: 'disabled' });
  await expect(answers['plugins.run']({ id: ID, runId: 'r' })).rejects.toMatchObject({
    code: 'plugin-refused',
  });
  expect((await answers['plugins.remove']({ id: ID, results: false })).result).toEqual({});
  expect((await answers['plugins.list']({})).result.plugins.some(({ id }) => id === ID)).toBe(false);
});
