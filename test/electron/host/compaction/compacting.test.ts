/** Compaction: deleted text is gone from the disk, everything else is as it was, whenever it is broken off. */
import { cp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JournalFiles } from '../../../../electron/host/journal/journal-files.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { makeBatch, makeSpan, openTestStore, spanIdsOf, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const LIMITS = { bytes: 2_000 };
const MINUTES_20 = 1_200_000_000;
const SECRET = 'a-secret-of-the-deleted';
const LOUD = 'öffentlich – 公開';

/** Spans of three traces over several segments; `gone` and `part` will be deleted, `part` is reported anew. */
async function openFilled(directory: string): Promise<StoreFixture> {
  const fixture = await openTestStore(directory, { limits: LIMITS });
  for (let i = 0; i < 30; i++) {
    const trace = ['kept', 'gone', 'part'][i % 3] ?? '';
    const data = { type: 'function', name: 'f', input: trace === 'kept' ? LOUD : SECRET, output: String(i) };
    const items = [makeSpan(trace, `s${String(i)}`, { span_data: data })];
    if (i % 7 === 0)
      items.push({ object: 'trace', id: trace, workflow_name: trace === 'kept' ? LOUD : SECRET });
    await fixture.store.append(makeBatch(items), true);
  }
  return fixture;
}

async function deleteSome({ store }: StoreFixture): Promise<void> {
  await store.delete(['gone', 'part'], false, 'user');
  await store.append(makeBatch([makeSpan('part', 'again')]), true);
}

/** Everything that a user can see of a library. */
function picture(store: TraceStore): unknown {
  const ids = spanIdsOf(store);
  return Object.keys(ids).map((id) => {
    const summary = { ...store.library.findSummary(id), status: 'of the clock' };
    return { summary, ids: ids[id], details: store.readSpans(id, ids[id] ?? []) };
  });
}

async function readJournal(directory: string): Promise<string> {
  const folder = join(directory, 'journal');
  const texts = (await readdir(folder)).sort().map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString('latin1');
  });
  return (await Promise.all(texts)).join('');
}

describe('compaction', () => {
  it('takes every byte of the deleted traces off the disk and leaves the rest as it was', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    await deleteSome(fixture);
    const before = picture(fixture.store);
    expect(await readJournal(directory)).toContain(SECRET);
    await fixture.store.compactor?.run();
    expect(fixture.bugs).toEqual([]);
    expect(fixture.store.compactor?.state).toMatchObject({ compaction: 'idle' });
    expect(await readJournal(directory)).not.toContain(SECRET);
    expect(picture(fixture.store)).toEqual(before);
    expect(fixture.store.library.deletions.countHidden()).toBe(0);
    await fixture.store.close();
    const { store } = await openTestStore(directory);
    expect(store.notices).toEqual([]);
    expect(picture(store)).toEqual(before);
    expect(store.library.deletions.since(0).next).toBe(1);
    expect(store.library.deletions.countHidden()).toBe(0);
  });

  it('leaves the other lines byte for byte at their addresses, and every line JSON', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    await deleteSome(fixture);
    const name = join(directory, 'journal', '000001.jsonl');
    const before = (await readFile(name)).toString('latin1');
    await fixture.store.compactor?.run();
    const after = gunzipSync(await readFile(`${name}.gz`)).toString('latin1');
    expect(after).toHaveLength(before.length);
    const olds = before.split('\n');
    after.split('\n').forEach((line, i) => {
      if (line === '' || line.startsWith('{"$block"')) return;
      expect(typeof JSON.parse(line)).toBe('object');
      if (!line.startsWith('{} ')) expect(line).toBe(olds[i]);
    });
    expect(after).toContain('"trace_id":"kept"');
  });

  it('removes a segment of which nothing is left, and never gives its number again', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory, { limits: { bytes: 300 } });
    await fixture.store.append(makeBatch([makeSpan('gone', 's0'), makeSpan('gone', 's1')]), true);
    await fixture.store.append(makeBatch([makeSpan('kept', 's2')]), true);
    await fixture.store.delete(['gone'], false, 'user');
    await fixture.store.compactor?.run();
    const names = await fixture.files.list();
    expect(names.filter((name) => name.startsWith('000001'))).toEqual([]);
    await fixture.store.append(makeBatch([makeSpan('new', 's3')]), true);
    await fixture.store.close();
    const { store } = await openTestStore(directory);
    expect(spanIdsOf(store)).toEqual({ kept: ['s2'], new: ['s3'] });
  });

  it('gives a segment another generation, which it has after a restart, and without its sidecar a newer one', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    expect(fixture.store.library.tables.generationOf(1)).toBe(0);
    await deleteSome(fixture);
    await fixture.store.compactor?.run();
    const generation = fixture.store.library.tables.generationOf(1);
    expect(generation).toBeGreaterThan(0);
    await fixture.store.close();
    const again = await openTestStore(directory);
    expect(again.store.library.tables.generationOf(1)).toBe(generation);
    await again.store.close();
    await again.files.remove('000001.columns');
    const lost = await openTestStore(directory, { nowUs: generation + MINUTES_20 });
    expect(lost.store.library.tables.generationOf(1)).toBeGreaterThan(generation);
    expect(picture(lost.store)).toEqual(picture(again.store));
  });

  it('that is broken off at any step leaves the library that was there, and the next one finishes', async () => {
    const filled = await makeTemporaryDirectory();
    const fixture = await openFilled(filled);
    await deleteSome(fixture);
    const before = picture(fixture.store);
    await fixture.store.close();
    let step = 0;
    for (let done = false; !done; step++) {
      const directory = await makeTemporaryDirectory();
      await cp(join(filled, 'journal'), join(directory, 'journal'), { recursive: true });
      const { store, files } = await openTestStore(directory, { limits: LIMITS });
      const breaking = breakAt(files, step);
      await store.compactor?.run();
      done = !breaking.broken;
      // What was read before and after the break is what was there.
      expect(picture(store)).toEqual(before);
      // As a crash leaves it: nothing is closed, nothing tidied up.
      const crashed = await makeTemporaryDirectory();
      await cp(join(directory, 'journal'), join(crashed, 'journal'), { recursive: true });
      breaking.mend();
      const again = await openTestStore(crashed, { limits: LIMITS });
      expect(again.store.notices).toEqual([]);
      expect(picture(again.store)).toEqual(before);
      await again.store.compactor?.run();
      expect(again.bugs).toEqual([]);
      expect(picture(again.store)).toEqual(before);
      expect(await readJournal(crashed)).not.toContain(SECRET);
      await again.store.close();
      await store.close();
    }
    expect(step).toBeGreaterThan(15);
  }, 120_000);

  it('notes what is deleted while it runs', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    await fixture.store.delete(['gone'], false, 'user');
    const running = fixture.store.compactor?.run();
    await fixture.store.delete(['part'], false, 'user');
    await running;
    expect(Object.keys(spanIdsOf(fixture.store))).toEqual(['kept']);
    await fixture.store.compactor?.run();
    expect(await readJournal(directory)).not.toContain(SECRET);
    await fixture.store.close();
    const { store } = await openTestStore(directory);
    expect(Object.keys(spanIdsOf(store))).toEqual(['kept']);
  });
});

describe('compression', () => {
  it('makes of old sealed segments what `zcat` turns into them again, and reads every span from it', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    const before = picture(fixture.store);
    const path = join(directory, 'journal', '000001.jsonl');
    const plain = await readFile(path);
    await fixture.store.compactor?.run();
    expect(await readFile(path)).toEqual(plain);
    fixture.advance(MINUTES_20);
    await fixture.store.compactor?.run();
    expect(gunzipSync(await readFile(`${path}.gz`))).toEqual(plain);
    expect(await fixture.files.list()).not.toContain('000001.jsonl');
    expect(picture(fixture.store)).toEqual(before);
    await fixture.store.close();
    for (const lose of [false, true]) {
      if (lose) await fixture.files.remove('000001.columns');
      const { store } = await openTestStore(directory, { readOnly: true });
      expect(store.notices).toEqual([]);
      expect(picture(store)).toEqual(before);
    }
  });

  it('leaves deletion its way: a compressed segment loses its deleted lines too', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    fixture.advance(MINUTES_20);
    await fixture.store.compactor?.run();
    await deleteSome(fixture);
    const before = picture(fixture.store);
    await fixture.store.compactor?.run();
    expect(await readJournal(directory)).not.toContain(SECRET);
    expect(picture(fixture.store)).toEqual(before);
    await fixture.store.close();
    expect(picture((await openTestStore(directory)).store)).toEqual(before);
  });

  it('that ended between its two last steps is finished by the next start', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openFilled(directory);
    const path = join(directory, 'journal', '000001.jsonl');
    fixture.advance(MINUTES_20);
    const plain = await readFile(path);
    await fixture.store.compactor?.run();
    const before = picture(fixture.store);
    await fixture.store.close();
    const both = await fixture.files.create('000001.jsonl');
    await both.write([plain], 0);
    await both.close();
    const { store, files } = await openTestStore(directory);
    expect(picture(store)).toEqual(before);
    expect(await files.list()).not.toContain('000001.jsonl');
  });
});

/** Lets the nth call that changes the disk and all after it fail, as if the process had been killed there. */
function breakAt(files: JournalFiles, step: number): { readonly broken: boolean; mend: () => void } {
  let left = step;
  let broken = false;
  let mended = false;
  const guard = (): void => {
    if (mended) return;
    if (left-- > 0) return;
    broken = true;
    throw Object.assign(new Error('EIO: the process was killed'), { code: 'EIO' });
  };
  const { create, rename, remove, replace, syncDirectory } = files;
  Object.assign(files, {
    create: async (name: string) => {
      guard();
      const file = await create(name);
      return {
        write: async (parts: readonly Uint8Array[], position: number) => {
          guard();
          await file.write(parts, position);
        },
        datasync: async () => {
          guard();
          await file.datasync();
        },
        close: () => file.close(),
      };
    },
    rename: async (from: string, to: string) => {
      guard();
      await rename(from, to);
    },
    remove: async (name: string) => {
      guard();
      await remove(name);
    },
    replace: async (name: string, bytes: Uint8Array) => {
      guard();
      await replace(name, bytes);
    },
    syncDirectory: async () => {
      guard();
      await syncDirectory();
    },
  });
  return {
    get broken() {
      return broken;
    },
    mend: () => {
      mended = true;
    },
  };
}
