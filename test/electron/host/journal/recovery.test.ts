/** Opening a journal again: after a clean end, a crash, damage, and lost or stale sidecars. */
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanBlocks } from '../../../../core/journal/scan-blocks.ts';
import {
  makeBatch,
  makeSpan,
  NOW_US,
  openTestStore,
  spanIdsOf,
  type StoreFixture,
} from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

function segmentPath(directory: string, segment = 1): string {
  return join(directory, 'journal', `00000${String(segment)}.jsonl`);
}

function sidecarPath(directory: string, segment = 1): string {
  return join(directory, 'journal', `00000${String(segment)}.columns`);
}

/** Appends a span a block: `s<from>` ... of the traces t0, t1 in turn. */
async function appendSpans({ store }: StoreFixture, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) {
    await store.append(makeBatch([makeSpan(`t${String(i % 2)}`, `s${String(i)}`)]), true);
  }
}

async function blocksOf(directory: string): Promise<readonly { offset: number; end: number }[]> {
  const bytes = await readFile(segmentPath(directory));
  return [...scanBlocks(bytes, crc32)].filter(({ kind }) => kind === 'block');
}

const SIX = { t0: ['s0', 's2', 's4'], t1: ['s1', 's3', 's5'] };

describe('opening a journal again', () => {
  it('reads a checkpoint after a clean end and appends behind it', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 4);
    await first.store.close();
    const second = await openTestStore(directory);
    expect(second.store.notices).toEqual([]);
    await appendSpans(second, 4, 6);
    expect(spanIdsOf(second.store)).toEqual(SIX);
    await second.store.close();
    const third = await openTestStore(directory);
    expect(spanIdsOf(third.store)).toEqual(SIX);
    expect((await third.files.list()).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);
    await third.store.close();
  });

  it('reads what stands behind a checkpoint after a crash, and all of it without one', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 3);
    await first.store.close();
    const crashed = await openTestStore(directory);
    await appendSpans(crashed, 3, 6);
    for (const withCheckpoint of [true, false]) {
      if (!withCheckpoint) await rm(sidecarPath(directory));
      const { store } = await openTestStore(directory, { readOnly: true });
      expect(spanIdsOf(store)).toEqual(SIX);
      await store.close();
    }
    await crashed.store.close();
  });

  it('says the same of a trace from its columns, its checkpoint and its lines', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 6);
    const live = first.store.library.findSummary('t0');
    await first.store.close();
    const fromCheckpoint = await openTestStore(directory, { readOnly: true });
    expect(fromCheckpoint.store.library.findSummary('t0')).toEqual(live);
    await rm(sidecarPath(directory));
    const fromLines = await openTestStore(directory, { readOnly: true });
    expect(fromLines.store.library.findSummary('t0')).toEqual(live);
  });

  it('fault 04: cuts a torn tail off, says so, and keeps the rest', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 6);
    const blocks = await blocksOf(directory);
    const lastAt = blocks.at(-1)?.offset ?? 0;
    for (const cutAt of [lastAt + 1, lastAt + 63, lastAt + 64, (blocks.at(-1)?.end ?? 0) - 1]) {
      const copy = await makeTemporaryDirectory();
      await openTestStore(copy).then(({ store }) => store.close());
      await writeFile(segmentPath(copy), (await readFile(segmentPath(directory))).subarray(0, cutAt));
      const { store } = await openTestStore(copy);
      expect(spanIdsOf(store)).toEqual({ t0: ['s0', 's2', 's4'], t1: ['s1', 's3'] });
      expect(store.notices).toEqual([expect.stringContaining('cut off')]);
      await store.append(makeBatch([makeSpan('t1', 's5')]), true);
      await store.close();
      const { store: again } = await openTestStore(copy);
      expect(spanIdsOf(again)).toEqual(SIX);
      expect(again.notices).toEqual([]);
      await again.close();
    }
  });

  it('fault 05: steps over a flipped bit in the middle, says so, and cuts nothing off', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 6);
    const blocks = await blocksOf(directory);
    const bytes = await readFile(segmentPath(directory));
    const inside = (blocks[2]?.offset ?? 0) + 80;
    bytes[inside] = (bytes[inside] ?? 0) ^ 1;
    await writeFile(segmentPath(directory), bytes);
    const { store } = await openTestStore(directory);
    expect(spanIdsOf(store)).toEqual({ t0: ['s0', 's4'], t1: ['s1', 's3', 's5'] });
    expect(store.notices).toEqual([expect.stringMatching(/damaged \(1 block/)]);
    expect(await readFile(segmentPath(directory))).toEqual(bytes);
    await store.close();
  });

  it('fault 05: tells of a payload that was damaged after its sidecar was written', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 1);
    await first.store.close();
    const bytes = await readFile(segmentPath(directory));
    bytes[bytes.indexOf('lookup')] = 0;
    await writeFile(segmentPath(directory), bytes);
    const { store } = await openTestStore(directory);
    expect(store.readSpans('t0', ['s0'])).toMatchObject([{ diagnostics: [{ code: 'damaged-payload' }] }]);
    await store.close();
  });

  it('fault 05: tells of a payload whose damage is still good JSON, and shows none of it', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 1);
    await first.store.close();
    const bytes = await readFile(segmentPath(directory));
    bytes.write('lookuq', bytes.indexOf('lookup'));
    await writeFile(segmentPath(directory), bytes);
    const { store } = await openTestStore(directory);
    expect(store.readSpans('t0', ['s0'])).toMatchObject([
      { record: {}, reports: 1, diagnostics: [{ code: 'damaged-payload' }] },
    ]);
    expect(JSON.stringify(store.readSpans('t0', ['s0']))).not.toContain('lookuq');
    await store.close();
  });

  it('changes nothing when it is opened for reading only', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 6);
    await truncate(segmentPath(directory), ((await blocksOf(directory)).at(-1)?.end ?? 0) - 1);
    const before = await readFile(segmentPath(directory));
    const { store, files } = await openTestStore(directory, { readOnly: true });
    const names = await files.list();
    expect(store.library.traceCount).toBe(2);
    expect(store.notices).toEqual([expect.stringContaining('left alone')]);
    await store.close();
    expect(await readFile(segmentPath(directory))).toEqual(before);
    expect(await files.list()).toEqual(names);
  });

  it('does not believe a sidecar of another journal, of another segment, or of a longer past', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 6);
    await first.store.close();
    const sidecar = await readFile(sidecarPath(directory));
    const other = await makeTemporaryDirectory();
    const second = await openTestStore(other);
    await second.store.append(makeBatch([makeSpan('other', 's9')]), true);
    await second.store.close();
    await writeFile(sidecarPath(other), sidecar);
    const { store } = await openTestStore(other);
    expect(spanIdsOf(store)).toEqual({ other: ['s9'] });
    await store.close();
  });

  it('keeps live batches that flush together in one block, and an import in blocks of its own', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory);
    const spans = ['a', 'b', 'c', 'd'].map((id) => makeBatch([makeSpan('t', id)]));
    await Promise.all(spans.map((batch) => store.append(batch, true)));
    expect(await blocksOf(directory)).toHaveLength(2);
    const more = ['e', 'f', 'g', 'h'].map((id) => makeBatch([makeSpan('t', id)]));
    await Promise.all(more.map((batch) => store.append(batch, false)));
    expect(await blocksOf(directory)).toHaveLength(6);
    await store.close();
  });

  it('begins a new segment when one is full or an hour old, and finds traces that lie in several', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory, { limits: { bytes: 1000 } });
    await appendSpans(first, 0, 6);
    expect((await first.files.list()).filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(1);
    expect(spanIdsOf(first.store)).toEqual(SIX);
    await first.store.close();
    const second = await openTestStore(directory);
    expect(spanIdsOf(second.store)).toEqual(SIX);
    expect(second.store.library.spanCount).toBe(6);
    const before = (await second.files.list()).length;
    second.advance(3_600_000_000);
    await appendSpans(second, 6, 7);
    expect((await second.files.list()).length).toBeGreaterThan(before);
    await second.store.close();
  });

  it('refuses what comes after its end, and begins no segment for it', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory);
    await appendSpans(fixture, 0, 1);
    await fixture.store.close();
    const names = await fixture.files.list();
    await expect(appendSpans(fixture, 1, 2)).rejects.toThrow();
    expect(await fixture.files.list()).toEqual(names);
  });

  it('counts repeats once, wherever the copies lie', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory, { limits: { bytes: 700 } });
    await appendSpans(first, 0, 6);
    await appendSpans(first, 0, 6);
    await first.store.close();
    const { store } = await openTestStore(directory);
    expect(spanIdsOf(store)).toEqual(SIX);
    expect(store.readSpans('t0', ['s0'])).toMatchObject([{ spanId: 's0', reports: 2, diagnostics: [] }]);
    await store.close();
  });

  it('lets the clock settle a live trace, also across a restart', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await appendSpans(first, 0, 1);
    expect(first.store.library.findSummary('t0')?.status).toBe('in_progress');
    await first.store.close();
    const second = await openTestStore(directory, { nowUs: NOW_US + 9_000_000 });
    expect(second.store.library.findSummary('t0')?.status).toBe('in_progress');
    const told: string[] = [];
    second.store.library.onTouched((traceId) => told.push(traceId));
    second.advance(2_000_000);
    second.store.library.markSettled();
    expect(told).toEqual(['t0']);
    expect(second.store.library.findSummary('t0')?.status).toBe('completed');
    await second.store.close();
  });
});
