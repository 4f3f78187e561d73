/** What the journal does when the disk fails: nothing is acknowledged that is not there, and it comes back. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { JournalUnavailableError } from '../../../../electron/host/journal/journal-unavailable.ts';
import { openJournalFiles } from '../../../../electron/host/journal/node-journal-files.ts';
import { makeBatch, makeSpan, openTestStore, spanIdsOf } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const SECOND_US = 1_000_000;

describe('a failing disk', () => {
  it('fault 06: a write that fails at any call acknowledges nothing, and all that was acknowledged is kept', async () => {
    for (let call = 1; call <= 12; call++) {
      const directory = await makeTemporaryDirectory();
      const { store, files, advance } = await openTestStore(directory, { limits: { bytes: 400 } });
      files.failOnCall(call);
      const acknowledged: string[] = [];
      for (let i = 0; i < 8; i++) {
        const id = `s${String(i)}`;
        try {
          await store.append(makeBatch([makeSpan('t', id)]), true);
          acknowledged.push(id);
        } catch (error) {
          expect(error).toBeInstanceOf(JournalUnavailableError);
        }
        // Past the pause after a failure.
        advance(10 * SECOND_US);
      }
      expect(acknowledged.length, `call ${String(call)}`).toBeGreaterThanOrEqual(7);
      expect(spanIdsOf(store)).toEqual({ t: acknowledged });
      await store.close();
      const { store: again } = await openTestStore(directory);
      const found = spanIdsOf(again)['t'] ?? [];
      expect(
        acknowledged.filter((id) => !found.includes(id)),
        `call ${String(call)}`,
      ).toEqual([]);
      await again.close();
    }
  });

  it('fault 07: after a failed flush the segment is never flushed again and a new one is begun', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files, advance, availability } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    files.failOn('datasync');
    await expect(store.append(makeBatch([makeSpan('t', 's2')]), true)).rejects.toThrow(
      JournalUnavailableError,
    );
    expect(availability).toEqual([expect.stringContaining('EIO')]);
    expect(store.refusal).toBeInstanceOf(JournalUnavailableError);
    expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
    files.failOn(undefined);
    advance(SECOND_US);
    expect(store.refusal).toBeUndefined();
    const before = files.syncs;
    await store.append(makeBatch([makeSpan('t', 's3')]), true);
    expect(files.syncs).toBe(before + 1);
    expect(availability).toEqual([expect.any(String), undefined]);
    expect((await files.list()).filter((name) => name.endsWith('.jsonl')).sort()).toEqual([
      '000001.jsonl',
      '000002.jsonl',
    ]);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's3'] });
    await store.close();
  });

  it('fault 08: a full disk refuses, stays readable, and takes records again when space returns', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files, advance, availability } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    files.failOn('half-write', 'ENOSPC');
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(store.append(makeBatch([makeSpan('t', 's2')]), true)).rejects.toThrow(/disk is full/);
      advance(10 * SECOND_US);
    }
    expect(store.library.findSummary('t')?.spans).toBe(1);
    expect(store.readSpans('t', ['s1'])[0]?.record).toMatchObject({ id: 's1' });
    const leftOver = (await files.list()).filter((name) => name.endsWith('.jsonl'));
    expect(leftOver, 'attempts in vain leave no files').toEqual(['000001.jsonl']);
    files.failOn(undefined);
    await store.append(makeBatch([makeSpan('t', 's3')]), true);
    expect(availability.at(-1)).toBeUndefined();
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(spanIdsOf(again)).toEqual({ t: ['s1', 's3'] });
    expect(again.notices).toEqual([expect.stringContaining('unfinished write')]);
    await again.close();
  });

  it('refuses at once while it pauses after a failure, without touching the disk', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files } = await openTestStore(directory);
    files.failOn('create');
    await expect(store.append(makeBatch([makeSpan('t', 's1')]), true)).rejects.toThrow(
      JournalUnavailableError,
    );
    files.failOn(undefined);
    await expect(store.append(makeBatch([makeSpan('t', 's1')]), true)).rejects.toThrow(
      JournalUnavailableError,
    );
    expect(await files.list()).toEqual(['journal.json']);
    await store.close();
  });

  it('a sidecar that cannot be written costs nothing but the next start', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    files.failOn('replace', 'ENOSPC');
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(spanIdsOf(again)).toEqual({ t: ['s1'] });
    await again.close();
  });

  it('fault 08: a disk that is full at the end does not keep the store from ending', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files, availability } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's1')]), false);
    files.failOn('datasync', 'ENOSPC');
    await store.close();
    expect(availability).toEqual([expect.stringContaining('disk is full')]);
    const { store: again } = await openTestStore(directory, { readOnly: true });
    expect(spanIdsOf(again)).toEqual({ t: ['s1'] });
  });

  it('fault 08: a file that cannot be replaced leaves no half of the new one', async () => {
    const directory = await makeTemporaryDirectory();
    await mkdir(join(directory, '000001.columns'));
    const files = await openJournalFiles(directory, true);
    await expect(files.replace('000001.columns', new Uint8Array(8))).rejects.toThrow();
    expect(await files.list()).toEqual(['000001.columns']);
  });

  it('tells an import whose unflushed blocks stood in a segment that broke', async () => {
    const directory = await makeTemporaryDirectory();
    const { store, files, advance } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's1')]), false);
    const before = store.abandonedSegments;
    files.failOn('datasync');
    await expect(store.append(makeBatch([makeSpan('t', 's2')]), true)).rejects.toThrow();
    files.failOn(undefined);
    advance(SECOND_US);
    await store.flush();
    expect(store.abandonedSegments).toBe(before + 1);
    await store.close();
  });

  it('passes over a sidecar that the disk refuses, and tells of one that a bug of ours kept away', async () => {
    const { store, files, bugs } = await openTestStore(await makeTemporaryDirectory());
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    files.failOn('replace', 'ENOSPC');
    await store.close();
    expect(bugs).toEqual([]);
    const second = await openTestStore(await makeTemporaryDirectory());
    await second.store.append(makeBatch([makeSpan('t', 's1')]), true);
    const bug = new TypeError('a bug');
    vi.spyOn(second.store.library, 'summariesUpTo').mockImplementation(() => {
      throw bug;
    });
    await second.store.close();
    expect(second.bugs).toEqual([bug]);
  });
});
