/** Legal holds and erasing a person, over a real store and a real log. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guardDeletions } from '../../../../electron/host/audit/deletion-guard.ts';
import { eraseSubject } from '../../../../electron/host/audit/erase-subject.ts';
import { Cleaner } from '../../../../electron/host/cleanup/cleaner.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { openTestAudit, openTestHolds, type TestAudit } from './audit-fixture.ts';
import type { HoldShelf } from '../../../../electron/host/audit/hold-shelf.ts';

const DAY_US = 86_400_000_000;

interface Bench extends StoreFixture, TestAudit {
  readonly holds: HoldShelf;
  readonly cleaner: Cleaner;
}

/** Traces t0 to t5 of 10 days ago: the even ones of group g, the first three of the user lovelace. */
async function openBench(): Promise<Bench> {
  const audited = await openTestAudit();
  const fixture = await openTestStore(audited.directory);
  for (let i = 0; i < 6; i++) {
    const id = `t${String(i)}`;
    const metadata = { user_id: i < 3 ? 'lovelace' : 'bob' };
    const item = { object: 'trace', id, workflow_name: 'w', group_id: i % 2 === 0 ? 'g' : 'h', metadata };
    const batch = makeBatch([item, makeSpan(id, 's')], NOW_US - 10 * DAY_US);
    await audited.audit.stored(batch);
    await fixture.store.append(batch, true);
  }
  const holds = await openTestHolds(fixture.store, audited);
  const cleaner = new Cleaner(fixture.store, () => NOW_US, guardDeletions(holds, audited.audit));
  return { ...fixture, ...audited, holds, cleaner };
}

const tracesOf = ({ store }: Bench): readonly string[] => [...store.library.traceIds()].sort();
const actionsOf = async ({ audit }: Bench): Promise<readonly string[]> =>
  (await audit.log.readNewest({ limit: 100 })).records
    .map(({ action }) => action)
    .filter((a) => a !== 'stored');

it('78: a run of retention leaves what is held, and is recorded with how much stayed', async () => {
  const bench = await openBench();
  await bench.holds.add('group', 'g', 'a case');
  const done = await bench.cleaner.applyRetention({ maxAgeDays: 5, maxBytes: null });
  expect(done).toEqual({ traces: 3, spans: 3 });
  expect(tracesOf(bench)).toEqual(['t0', 't2', 't4']);
  const [newest] = (await bench.audit.log.readNewest({ limit: 1 })).records;
  expect(newest).toMatchObject({
    action: 'retention',
    counts: { traces: 3, spans: 3, held: 3 },
    actor: 'somebody',
  });
  expect([...(newest?.objects ?? [])].sort()).toEqual(['t1', 't3', 't5']);
  expect(await bench.audit.log.verify()).toMatchObject({ ok: true });
});

it('a person cannot delete what is held, and is told how much it is', async () => {
  const bench = await openBench();
  const hold = await bench.holds.add('trace', 't1', 'a case');
  const scope = { kind: 'traces', traceIds: ['t0', 't1'] } as const;
  expect(await bench.cleaner.preview(scope)).toMatchObject({ traces: 1, held: 1 });
  expect(await bench.cleaner.apply(scope, false)).toEqual({ traces: 1, spans: 1, held: 1 });
  expect(tracesOf(bench)).toContain('t1');
  expect(await bench.holds.release(hold.id, 'it is over')).toBe(true);
  expect(await bench.cleaner.apply(scope, false)).toEqual({ traces: 1, spans: 1 });
  expect(await actionsOf(bench)).toEqual(['deleted', 'hold-released', 'deleted', 'hold-set']);
});

it('a hold by query keeps what matched when it was set, and what matches later', async () => {
  const bench = await openBench();
  expect(await bench.holds.add('query', 'metadata.user_id:lovelace', 'a case')).toMatchObject({ traces: 3 });
  const later = { object: 'trace', id: 't6', workflow_name: 'w', metadata: { user_id: 'lovelace' } };
  await bench.store.append(makeBatch([later]), true);
  const changed = { object: 'trace', id: 't0', workflow_name: 'w', metadata: { user_id: 'carl' } };
  await bench.store.append(makeBatch([changed], NOW_US), true);
  expect([...(await bench.holds.heldAmong(bench.store.library.traceIds())).keys()].sort()).toEqual([
    't0',
    't1',
    't2',
    't6',
  ]);
  const again = await openTestHolds(bench.store, bench);
  expect(await again.list()).toMatchObject([
    { kind: 'query', reason: 'a case', actor: 'somebody', traces: 4 },
  ]);
  expect((await again.of('t6')).map(({ value }) => value)).toEqual(['metadata.user_id:lovelace']);
});

it('a hold that means nothing is refused in a sentence', async () => {
  const { holds } = await openBench();
  await expect(holds.add('trace', 'nothing', 'x')).rejects.toThrow('The library has no such trace.');
  await expect(holds.add('group', 'g', ' ')).rejects.toThrow('A hold needs a reason.');
  await expect(holds.add('query', 'a and', 'x')).rejects.toMatchObject({ name: 'BadHoldError' });
  expect(await holds.release('nothing', '')).toBe(false);
});

it('where holds.json cannot be read nothing is deleted', async () => {
  const bench = await openBench();
  await writeFile(join(bench.directory, 'holds.json'), '{"holds":[{"id":"x"}]}');
  const holds = await openTestHolds(bench.store, bench);
  const cleaner = new Cleaner(bench.store, () => NOW_US, guardDeletions(holds, bench.audit));
  await expect(cleaner.apply({ kind: 'older-than', seconds: 0 }, false)).rejects.toThrow(
    /nothing is deleted/,
  );
  expect(tracesOf(bench)).toHaveLength(6);
});

it('77: an erased person is in no file but the chain of the log, which stays whole', async () => {
  const bench = await openBench();
  const parts = { store: bench.store, audit: bench.audit, holds: bench.holds };
  expect(await eraseSubject(parts, 'lovelace', true)).toEqual({
    traces: 3,
    spans: 3,
    held: 0,
    tracesLeft: 0,
  });
  expect(tracesOf(bench)).toHaveLength(6);
  expect(await eraseSubject(parts, 'lovelace', false)).toEqual({
    traces: 3,
    spans: 3,
    held: 0,
    tracesLeft: 0,
  });
  expect(tracesOf(bench)).toEqual(['t3', 't4', 't5']);
  expect(bench.audit.keys.has('t0')).toBe(false);
  expect(bench.audit.keys.has('t3')).toBe(true);
  expect(await bench.audit.log.verify()).toMatchObject({ ok: true, records: 7 });
  for (const name of await readdir(bench.directory, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(join(name.parentPath, name.name), 'latin1');
    expect(bytes.includes('lovelace'), name.name).toBe(false);
  }
});

it('what is held is not erased, and its keys stay', async () => {
  const bench = await openBench();
  await bench.holds.add('trace', 't1', 'a case');
  const parts = { store: bench.store, audit: bench.audit, holds: bench.holds };
  expect(await eraseSubject(parts, 'lovelace', false)).toMatchObject({ traces: 2, held: 1 });
  expect(tracesOf(bench)).toEqual(['t1', 't3', 't4', 't5']);
  expect(bench.audit.keys.has('t1')).toBe(true);
});

it('79: what cannot be recorded is not done: no delete, no erasing, no hold', async () => {
  const bench = await openBench();
  bench.disk.isFull = true;
  const scope = { kind: 'traces', traceIds: ['t0'] } as const;
  await expect(bench.cleaner.apply(scope, false)).rejects.toThrow(/audit log cannot be written/);
  await expect(bench.cleaner.applyRetention({ maxAgeDays: 1, maxBytes: null })).rejects.toThrow(/audit log/);
  const parts = { store: bench.store, audit: bench.audit, holds: bench.holds };
  await expect(eraseSubject(parts, 'lovelace', false)).rejects.toThrow(/audit log/);
  await expect(bench.holds.add('group', 'g', 'x')).rejects.toThrow(/audit log/);
  expect(tracesOf(bench)).toHaveLength(6);
  expect(await bench.holds.list()).toEqual([]);
});
