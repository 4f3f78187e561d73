/** Ends of segments that are no unfinished write, and names in the journal that are none of ours. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBatch, makeSpan, openTestStore, spanIdsOf } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** A journal with two blocks and no sidecar, as a crash leaves it, and its segment's bytes. */
async function makeCrashed(): Promise<{ directory: string; segment: string; bytes: Buffer }> {
  const directory = await makeTemporaryDirectory();
  const journal = join(directory, 'journal');
  const crashed = await openTestStore(directory);
  await crashed.store.append(makeBatch([makeSpan('t', 's1')]), true);
  await crashed.store.append(makeBatch([makeSpan('t', 's2')]), true);
  // A copy to play with: the store that stays open would write its sidecar to the first one.
  const copy = await makeTemporaryDirectory();
  await mkdir(join(copy, 'journal'));
  for (const name of ['journal.json', '000001.jsonl']) {
    await writeFile(join(copy, 'journal', name), await readFile(join(journal, name)));
  }
  const segment = join(copy, 'journal', '000001.jsonl');
  return { directory: copy, segment, bytes: await readFile(segment) };
}

describe('the end of a segment', () => {
  it('fault 05: a flipped bit in the last block is moved aside with the block, and told', async () => {
    const { directory, segment, bytes } = await makeCrashed();
    const half = bytes.length >> 1;
    for (const [copy, at] of [bytes.length - 5, half + 80].entries()) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(segment, damaged);
      const { store, files } = await openTestStore(directory);
      const name = copy === 0 ? '000001.damaged' : '000001.damaged-2';
      expect(store.notices).toEqual([expect.stringContaining(`were moved to ${name}`)]);
      expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
      const kept = await readFile(join(directory, 'journal', name));
      expect(kept).toEqual(damaged.subarray(damaged.length - kept.length));
      expect(kept.toString('latin1')).toContain('"id":"s2"');
      await store.close();
      await files.remove('000001.columns');
    }
  });

  it('fault 05: a segment that was overwritten from end to end is moved aside whole', async () => {
    const { directory, segment, bytes } = await makeCrashed();
    const strange = Buffer.alloc(bytes.length, 0x41);
    await writeFile(segment, strange);
    const { store } = await openTestStore(directory);
    expect(await readFile(join(directory, 'journal', '000001.damaged'))).toEqual(strange);
    await store.append(makeBatch([makeSpan('t', 's3')]), true);
    expect(spanIdsOf(store)).toEqual({ t: ['s3'] });
  });

  it('fault 05: damage that cannot be moved aside stays where it is, and a new segment is begun', async () => {
    const { directory, segment, bytes } = await makeCrashed();
    const damaged = Buffer.concat([bytes.subarray(0, -5), Buffer.from('#####')]);
    await writeFile(segment, damaged);
    const { store, files } = await openTestStore(directory, { failing: 'replace' });
    expect(store.notices).toEqual([expect.stringContaining('that are damaged, which were left alone')]);
    files.failOn(undefined);
    await store.append(makeBatch([makeSpan('t', 's3')]), true);
    await store.close();
    expect(await readFile(segment)).toEqual(damaged);
    const { store: again } = await openTestStore(directory, { readOnly: true });
    expect(spanIdsOf(again)).toEqual({ t: ['s1', 's3'] });
  });
});

describe('names in the journal', () => {
  it('passes over a directory with the name of a segment, and over numbers that no segment has', async () => {
    const directory = await makeTemporaryDirectory();
    const journal = join(directory, 'journal');
    await mkdir(join(journal, '000003.jsonl'), { recursive: true });
    await writeFile(join(journal, '99999999999999999999.jsonl'), 'x');
    await writeFile(join(journal, '0000001.jsonl'), 'x');
    const { store } = await openTestStore(directory);
    expect(store.notices).toEqual([expect.stringContaining('000003.jsonl')]);
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    await store.close();
    const { store: again, files } = await openTestStore(directory);
    expect(spanIdsOf(again)).toEqual({ t: ['s1'] });
    expect(await files.size('000004.jsonl')).toBeGreaterThan(0);
  });
});
