import { expect, it } from 'vitest';
import type { IntakeRules } from '../../../../electron/host/intake/intake-rules.ts';
import { PluginFault, PluginUnavailable } from '../../../../electron/host/plugins/plugin-fault.ts';
import { makeBatch, makeSpan, spanIdsOf } from '../store-fixture.ts';
import { fakePlugin, makeTrace, openTestGate, wordRedactor } from './gate-fixture.ts';

const SECOND = 1_000_000;
const deny = { decision: 'deny', reason: 'not on the list' };
const allow = { decision: 'allow', reason: 'allowed' };

/** Denies who is not alice, and whom it does not know. */
const onlyAlice = fakePlugin('access', (head) => (head['userId'] === 'alice' ? allow : deny));

it('passes batches on as they came while nothing is switched on', async () => {
  const { gate, store } = await openTestGate({});
  const batch = makeBatch([makeSpan('trace_a', 'a')]);
  expect(await gate.admit(batch)).toEqual({ leftOut: 0, notKept: [] });
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a'] });
});

it('stores nothing of a denied trace, says so to the sender, and to the trail before', async () => {
  const { gate, store, audit, bytes } = await openTestGate({ access: [onlyAlice] });
  const outcome = await gate.admit(
    makeBatch([
      makeTrace('trace_a', { user_id: 'alice' }),
      makeSpan('trace_a', 'a'),
      makeTrace('trace_m', { user_id: 'mallory' }),
      makeSpan('trace_m', 'm'),
    ]),
  );
  expect(outcome.notKept).toEqual([
    { record: 2, code: 'access-denied' },
    { record: 3, code: 'access-denied' },
  ]);
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a'] });
  expect(audit).toEqual([
    { action: 'denied', by: 'access@1.0.0', reason: 'not on the list', traceId: 'trace_m' },
  ]);
  expect(await bytes()).not.toContain('mallory');
});

it('waits for the trace item in staging, and late records follow the decision', async () => {
  const { gate, store } = await openTestGate({ access: [onlyAlice] });
  await gate.admit(makeBatch([makeSpan('trace_a', 'a1'), makeSpan('trace_m', 'm1')]));
  expect(spanIdsOf(store)).toEqual({});
  expect(gate.waiting.traces).toBe(2);
  await gate.admit(makeBatch([makeTrace('trace_a', { user: 'alice' }), makeTrace('trace_m', { user: 'm' })]));
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a1'] });
  await gate.admit(makeBatch([makeSpan('trace_a', 'a2'), makeSpan('trace_m', 'm2')]));
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a1', 'a2'] });
  expect(gate.waiting).toEqual({ traces: 0, bytes: 0 });
});

it('decides with what is known where the trace item has not come after 30 seconds', async () => {
  const { gate, store, audit, pass } = await openTestGate({ access: [onlyAlice] });
  await gate.admit(makeBatch([makeSpan('trace_m', 'm')]));
  await pass(29 * SECOND);
  expect(audit).toEqual([]);
  await pass(SECOND);
  expect(audit.map(({ action }) => action)).toEqual(['denied']);
  expect(gate.waiting.traces).toBe(0);
  expect(spanIdsOf(store)).toEqual({});
});

it('fault 67: access that throws, or answers with something else, denies and says so', async () => {
  for (const answer of [fail, () => 'yes', () => ({ decision: 'perhaps' })]) {
    const { gate, store, audit } = await openTestGate({ access: [fakePlugin('access', answer)] });
    await gate.admit(makeBatch([makeTrace('trace_a'), makeSpan('trace_a', 'a')]));
    expect(spanIdsOf(store)).toEqual({});
    expect(audit).toMatchObject([{ action: 'denied', reason: 'access could not be decided' }]);
  }
});

it('fault 67: a sampler that throws keeps', async () => {
  const broken = fakePlugin('sample', fail);
  const { gate, store, pass } = await openTestGate({ headSample: [broken], tailSample: [broken] });
  await gate.admit(makeBatch([makeTrace('trace_a'), makeSpan('trace_a', 'a')]));
  await pass(20 * SECOND);
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a'] });
});

it('fault 79: where the trail cannot be written the sender is asked to come again, and nothing was decided', async () => {
  let isBroken = true;
  const onAudit = (): void => {
    if (isBroken) throw new Error('the trail is full');
  };
  const { gate, audit } = await openTestGate({ access: [onlyAlice] }, { onAudit });
  const batch = makeBatch([makeTrace('trace_m')]);
  await expect(gate.admit(batch)).rejects.toThrow('the trail is full');
  isBroken = false;
  await gate.admit(batch);
  expect(audit).toHaveLength(1);
});

it('stores a skeleton with ids, times and kind, whenever that is decided', async () => {
  const access = fakePlugin('access', () => ({ decision: 'skeleton', reason: 'a tag' }));
  const { gate, store, bytes } = await openTestGate({ access: [access] });
  const span = makeSpan('trace_a', 'a', { span_data: { type: 'function', name: 'canary', input: 'canary' } });
  await gate.admit(makeBatch([makeTrace('trace_a', { note: 'canary' }, { workflow_name: 'canary' }), span]));
  const [detail] = store.readSpans('trace_a', ['a']);
  expect(detail?.record).toMatchObject({
    id: 'a',
    started_at: '2026-06-01T00:00:00.000000Z',
    span_data: { type: 'function' },
    withheld: { by: 'access@1.0.0', reason: 'a tag' },
  });
  expect(store.library.findSummary('trace_a')).toMatchObject({ spans: 1, workflowName: '', metadata: {} });
  expect(await bytes()).not.toContain('canary');
});

it('drops at the head with a tombstone, and fault 37: what comes late is dropped and counted', async () => {
  const head = fakePlugin('sample', () => ({ decision: 'drop', reason: 'noise' }));
  const { gate, store } = await openTestGate({ headSample: [head] });
  await gate.admit(makeBatch([makeTrace('trace_a'), makeSpan('trace_a', 'a'), makeSpan('trace_a', 'b')]));
  expect([...store.library.deletions.sampledAway()]).toMatchObject([
    { traceId: 'trace_a', spans: 2, by: 'sample@1.0.0', reason: 'noise' },
  ]);
  const late = await gate.admit(makeBatch([makeSpan('trace_a', 'c')]));
  expect(late).toEqual({ leftOut: 1, notKept: [] });
  expect(gate.lateRecords).toBe(1);
  expect(spanIdsOf(store)).toEqual({});
});

it('judges a trace at its end, with all its spans, and keeps what joins it later', async () => {
  const tail = fakePlugin('sample', (trace) =>
    Number(trace['errors']) > 0
      ? { decision: 'keep', reason: 'error' }
      : { decision: 'drop', reason: 'dull' },
  );
  const { gate, store, pass } = await openTestGate({ tailSample: [tail] });
  const error = { error: { message: 'it failed' } };
  await gate.admit(makeBatch([makeSpan('trace_a', 'a', { parent_id: 'root' }), makeSpan('trace_b', 'b')]));
  await gate.admit(makeBatch([makeSpan('trace_a', 'root', error)]));
  expect(spanIdsOf(store)).toEqual({});
  await pass(10 * SECOND);
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a', 'root'] });
  expect([...store.library.deletions.sampledAway()]).toMatchObject([
    { traceId: 'trace_b', spans: 1, reason: 'dull' },
  ]);
  await gate.admit(makeBatch([makeSpan('trace_a', 'late'), makeSpan('trace_b', 'late')]));
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a', 'late', 'root'] });
});

it('decides on the oldest early, and says so, where more traces are open than it holds', async () => {
  const tail = fakePlugin('sample', () => ({ decision: 'drop', reason: 'dull' }));
  const { gate, store, pass } = await openTestGate({ tailSample: [tail] }, { limits: { traces: 2 } });
  for (const id of ['trace_a', 'trace_b', 'trace_c']) await gate.admit(makeBatch([makeSpan(id, 'a')]));
  await pass(0);
  expect([...store.library.deletions.sampledAway()]).toMatchObject([
    { traceId: 'trace_a', reason: 'dull (decided early, for want of room)' },
  ]);
  expect(gate.waiting.traces).toBe(2);
});

it('finishes after a kill what a former host left undecided', async () => {
  const tail = fakePlugin('sample', (trace) => ({
    decision: trace['id'] === 'trace_a' ? 'keep' : 'drop',
    reason: 'by name',
  }));
  const first = await openTestGate({ tailSample: [tail] });
  await first.gate.admit(makeBatch([makeSpan('trace_a', 'a'), makeSpan('trace_b', 'b')]));
  const { directory } = first;
  await first.store.close();
  const second = await openTestGate({ tailSample: [tail] }, { directory });
  expect(second.gate.waiting.traces).toBe(2);
  await second.pass(10 * SECOND);
  expect(spanIdsOf(second.store)).toEqual({ trace_a: ['a'] });
  await second.store.close();
  const third = await openTestGate({ tailSample: [tail] }, { directory });
  expect(third.gate.waiting.traces).toBe(0);
  expect([...third.store.library.deletions.sampledAway()]).toHaveLength(1);
});

it('asks access after a kill about what had not passed it, and not again about what had', async () => {
  const tailSample = [fakePlugin('sample', () => ({ decision: 'keep', reason: 'all' }))];
  const rules = { access: [onlyAlice], tailSample };
  const first = await openTestGate(rules);
  await first.gate.admit(makeBatch([makeSpan('trace_m', 'm'), makeSpan('trace_b', 'b')]));
  await first.gate.admit(makeBatch([makeTrace('trace_a', { user: 'alice' }), makeSpan('trace_a', 'a')]));
  await first.gate.admit(makeBatch([makeTrace('trace_b', { user: 'alice' })]));
  await first.store.close();
  const second = await openTestGate(rules, { directory: first.directory });
  await second.pass(31 * SECOND);
  await second.pass(31 * SECOND);
  expect(spanIdsOf(second.store)).toEqual({ trace_a: ['a'], trace_b: ['b'] });
  expect(second.audit).toMatchObject([{ action: 'denied', traceId: 'trace_m' }]);
});

it('lets late records of a stored trace join it, whatever was switched on since', async () => {
  const rules: Partial<IntakeRules> = {};
  const { gate, store } = await openTestGate(rules);
  await gate.admit(makeBatch([makeTrace('trace_a', { user: 'alice' }), makeSpan('trace_a', 'a')]));
  const head = fakePlugin('sample', () => ({ decision: 'drop', reason: 'noise' }));
  Object.assign(rules, { access: [onlyAlice], headSample: [head] });
  await gate.admit(makeBatch([makeSpan('trace_a', 'b')]));
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a', 'b'] });
});

it('stores what waits once nobody decides any more', async () => {
  const rules = { tailSample: [fakePlugin('sample', fail)] };
  const { gate, store, pass } = await openTestGate(rules);
  await gate.admit(makeBatch([makeSpan('trace_a', 'a')]));
  rules.tailSample = [];
  await pass(0);
  expect(spanIdsOf(store)).toEqual({ trace_a: ['a'] });
});

it('redacts before anything is durable, in staging too, and tells the trail how much', async () => {
  const tail = fakePlugin('sample', () => ({ decision: 'keep', reason: 'all' }));
  const { gate, store, audit, bytes, pass } = await openTestGate({
    redactor: wordRedactor('canary'),
    tailSample: [tail],
  });
  const data = { type: 'function', name: 'canary', input: '{"canary":"canary"}', output: 'fine' };
  await gate.admit(
    makeBatch([makeTrace('trace_a', { canary: 1 }), makeSpan('trace_a', 'a', { span_data: data })]),
  );
  expect(await bytes()).not.toContain('canary');
  await pass(10 * SECOND);
  expect(await bytes()).not.toContain('canary');
  expect(audit).toEqual([{ action: 'redacted', by: 'redact', reason: 'by policy', counts: { secret: 4 } }]);
  expect(store.readSpans('trace_a', ['a'])[0]?.record).toMatchObject({ span_data: { name: '[word]' } });
});

it('withholds a record whose id would have to be redacted while traces are decided on by their ids', async () => {
  const { gate, store } = await openTestGate({
    access: [fakePlugin('access', () => allow)],
    redactor: wordRedactor('canary'),
  });
  const outcome = await gate.admit(
    makeBatch([makeTrace('trace_a', {}), makeSpan('trace_a', 'canary', { note: 'more' })]),
  );
  expect(outcome.notKept).toEqual([{ record: 1, code: 'withheld' }]);
  expect(store.readSpans('trace_a', ['canary'])[0]?.record).not.toHaveProperty('note');
});

it('fault 65: a redactor that does not run closes the door, and nothing is stored', async () => {
  const redact = fakePlugin('local.redact', () => {
    throw new PluginUnavailable('It broke down three times.');
  });
  const { gate, store } = await openTestGate({ redact: [redact] });
  await expect(gate.admit(makeBatch([makeSpan('trace_a', 'a')]))).rejects.toThrow('nothing is taken');
  const missing = await openTestGate({ missing: 'It cannot be started.' });
  await expect(missing.gate.admit(makeBatch([makeSpan('trace_a', 'a')]))).rejects.toThrow(
    'cannot be started',
  );
  expect(spanIdsOf(store)).toEqual({});
  expect(spanIdsOf(missing.store)).toEqual({});
});

it('asks for a batch again where too much waits to be redacted', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const redact = fakePlugin('local.redact', async (records) => {
    await held;
    return records;
  });
  const { gate } = await openTestGate({ redact: [redact] }, { limits: { redactingBytes: 100 } });
  const first = gate.admit(makeBatch([makeSpan('trace_a', 'a')]));
  await expect(gate.admit(makeBatch([makeSpan('trace_a', 'b')]))).rejects.toThrow('send it again');
  release();
  await first;
});

function fail(): never {
  throw new PluginFault('boom');
}

it('stores what goes by ids that are themselves to be redacted under pseudonyms, tied as before', async () => {
  const { gate, store, bytes } = await openTestGate({ redactor: wordRedactor('jane') });
  const outcome = await gate.admit(
    makeBatch([makeTrace('trace_jane', {}), makeSpan('trace_jane', 'span_jane'), makeSpan('trace_b', 'b')]),
  );
  expect(outcome).toEqual({ leftOut: 0, notKept: [] });
  expect(spanIdsOf(store)).toEqual({ 'trace_[word]': ['span_[word]'], trace_b: ['b'] });
  expect(await bytes()).not.toContain('jane');
});
