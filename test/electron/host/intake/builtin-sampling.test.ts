/** The built-in sampler and access, as they come with the product, in the real engine. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../core/model/json.ts';
import { resolveSettings } from '../../../../core/plugin-api/settings.ts';
import { rehearseSampling } from '../../../../electron/host/intake/rehearse-sampling.ts';
import { Guest } from '../../../../electron/host/plugins/guest.ts';
import { loadPlugin } from '../../../../electron/host/plugins/load-plugin.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { StoredTraces } from '../../../../electron/host/plugins/stored-traces.ts';
import type { StartRunner } from '../../../../electron/host/plugins/supervisor.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { makeTrace } from './gate-fixture.ts';

const BUILTIN = join(import.meta.dirname, '..', '..', '..', '..', 'plugins', 'builtin');

async function openBuiltin(id: string, given: JsonObject) {
  const plugin = await loadPlugin(join(BUILTIN, id), { isBuiltIn: true });
  const guest = await Guest.open(plugin.memoryMb, () => performance.now());
  const loaded = guest.load(plugin.source, 5000);
  expect(loaded.kind).toBe('value');
  const { settings, faults } = resolveSettings(plugin.manifest.settings ?? {}, given);
  expect(faults).toEqual([]);
  return (hook: string, input: Json): Json => {
    const request = JSON.stringify({ hook, settings, input });
    const answer = guest.call(request, 5000);
    if (answer.kind !== 'value') throw new Error(JSON.stringify(answer));
    return JSON.parse(answer.json) as Json;
  };
}

const head = (more: object): Json => ({ id: 't', metadata: {}, ...more });
const trace = (id: string, more: object = {}): Json => ({
  id,
  spans: [],
  metadata: {},
  errors: 0,
  durationMs: 5,
  startedAt: '2026-06-01T00:00:00Z',
  ...more,
});

it('keeps errors, tripped guardrails, what is slow and what is large, each with its reason', async () => {
  const ask = await openBuiltin('sample', { keepPercent: 0, manyTokens: 1000 });
  const guardrail = [{ id: 's', kind: 'guardrail', isTriggered: true }];
  expect(ask('tailSample', trace('t', { errors: 1 }))).toEqual({ decision: 'keep', reason: 'has an error' });
  expect(ask('tailSample', trace('t', { spans: guardrail }))).toMatchObject({
    reason: 'a guardrail tripped',
  });
  expect(ask('tailSample', trace('t', { durationMs: 10_001 }))).toMatchObject({
    reason: 'slower than 10000 ms',
  });
  expect(ask('tailSample', trace('t', { totalTokens: 1001 }))).toMatchObject({
    reason: 'more than 1000 tokens',
  });
  expect(ask('tailSample', trace('t'))).toEqual({
    decision: 'drop',
    reason: 'not in the 0 percent that are kept',
  });
});

it('keeps a share by the hash of the id, alike for the traces of a group', async () => {
  const ask = await openBuiltin('sample', { keepPercent: 20 });
  const isKept = (id: string, more: object = {}): boolean =>
    (ask('tailSample', trace(id, more)) as JsonObject)['decision'] === 'keep';
  const kept = Array.from({ length: 500 }, (_, i) => isKept(`trace_${String(i)}`)).filter(Boolean).length;
  expect(kept).toBeGreaterThan(70);
  expect(kept).toBeLessThan(130);
  const groups = Array.from({ length: 40 }, (_, i) => {
    const groupId = `group_${String(i)}`;
    return [isKept('a', { groupId }), isKept('b', { groupId }), isKept('c', { groupId })];
  });
  expect(groups.every((same) => new Set(same).size === 1)).toBe(true);
  expect(new Set(groups.flat()).size).toBe(2);
});

it('holds the share to so many traces a minute, and drops or keeps workflows by name', async () => {
  const ask = await openBuiltin('sample', {
    keepPercent: 100,
    perMinute: 2,
    dropWorkflows: ['Health check'],
  });
  const decisions = ['a', 'b', 'c'].map((id) => (ask('tailSample', trace(id)) as JsonObject)['decision']);
  expect(decisions).toEqual(['keep', 'keep', 'drop']);
  expect(ask('tailSample', trace('d', { startedAt: '2026-06-01T00:01:00Z' }))).toMatchObject({
    decision: 'keep',
  });
  expect(ask('headSample', head({ workflowName: 'Health check' }))).toMatchObject({ decision: 'drop' });
  expect(ask('headSample', head({ workflowName: 'Refund' }))).toMatchObject({ decision: 'defer' });
});

it('stores, denies or keeps skeletons by user, group and tag, and no reason names anyone', async () => {
  const ask = await openBuiltin('access', {
    allowUsers: ['alice', 'bob'],
    skeletonUsers: ['bob'],
    denyGroups: ['secret-project'],
    denyTags: ['medical'],
    skeletonTags: ['internal'],
  });
  const decide = (more: object): unknown => (ask('access', head(more)) as JsonObject)['decision'];
  expect(decide({ userId: 'alice' })).toBe('allow');
  expect(decide({ userId: 'bob' })).toBe('skeleton');
  expect(decide({ userId: 'mallory' })).toBe('deny');
  expect(decide({})).toBe('deny');
  expect(decide({ userId: 'alice', groupId: 'secret-project' })).toBe('deny');
  expect(decide({ userId: 'alice', metadata: { tags: ['internal', 'medical'] } })).toBe('deny');
  expect(decide({ userId: 'alice', metadata: { tag: 'internal' } })).toBe('skeleton');
  expect(JSON.stringify(ask('access', head({ userId: 'mallory' })))).not.toContain('mallory');
  const open = await openBuiltin('access', {});
  expect(open('access', head({}))).toMatchObject({ decision: 'allow' });
});

/** Starts a plugin in this thread. */
const startHere: StartRunner = async (plugin) => {
  const guest = await Guest.open(plugin.memoryMb, () => performance.now());
  const loaded = guest.load(plugin.source, 5000);
  if (loaded.kind !== 'value') throw new PluginFault(JSON.stringify(loaded));
  const parts = JSON.parse(loaded.json) as { hooks: string[]; analyses: string[] };
  return {
    ...parts,
    runner: {
      call: () => Promise.reject(new PluginFault('no analysis')),
      callHook: (hook, input, settings) => {
        const answer = guest.call(`{"hook":"${hook}","settings":${settings},"input":${input}}`, 5000);
        if (answer.kind !== 'value') return Promise.reject(new PluginFault(JSON.stringify(answer)));
        return Promise.resolve(answer.json);
      },
      close: () => Promise.resolve(),
    },
  };
};

it('rehearses a policy over what is stored: what is kept, which errors are lost, how much space is saved', async () => {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const error = { error: { message: 'it failed' } };
  for (let i = 0; i < 20; i++) {
    const id = `trace_${String(i)}`;
    const failing = i < 5 ? error : {};
    await store.append(makeBatch([makeTrace(id), makeSpan(id, 'a', failing), makeSpan(id, 'b')]), true);
  }
  const parts = {
    traces: new StoredTraces(
      store,
      () => NOW_US,
      () => Promise.resolve(() => true),
    ),
    library: store.library,
    start: startHere,
    nowUs: NOW_US,
  };
  const plugin = await loadPlugin(join(BUILTIN, 'sample'), { isBuiltIn: true });
  const signal = new AbortController().signal;
  const progress: string[] = [];
  const lenient = await rehearseSampling(
    parts,
    { plugin, settings: { keepPercent: 0 } },
    signal,
    (done, total) => {
      progress.push(`${String(done)}/${String(total)}`);
    },
  );
  expect(lenient).toMatchObject({
    traces: 20,
    kept: 5,
    spans: 40,
    spansKept: 10,
    failing: 5,
    failingLost: 0,
  });
  expect(lenient.reasons.map(({ decision, traces }) => [decision, traces])).toEqual([
    ['drop', 15],
    ['keep', 5],
  ]);
  expect(lenient.bytesKept / lenient.bytes).toBeCloseTo(0.25, 1);
  expect(progress.at(-1)).toBe('20/20');
  const settings = { keepPercent: 0, keepErrors: false };
  const strict = await rehearseSampling(parts, { plugin, settings }, signal, () => undefined);
  expect(strict).toMatchObject({ kept: 0, failingLost: 5, cancelled: false });
  expect(strict.lost).toHaveLength(5);
  await expect(
    rehearseSampling(parts, { plugin, settings: { no: 1 } }, signal, () => undefined),
  ).rejects.toThrow('no setting');
  expect(store.library.traceCount).toBe(20);
});
