/** A segment that compaction removes while somebody walks over the segments: it is passed over, and the walk goes on. */
import { expect, it } from 'vitest';
import { exportChunks } from '../../../../electron/host/export/export-chunks.ts';
import { Cleaner } from '../../../../electron/host/cleanup/cleaner.ts';
import { pullPages } from '../../../../electron/host/feed/pull-pages.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** One trace a segment; that of the second goes. */
async function openThree(): Promise<StoreFixture> {
  const fixture = await openTestStore(await makeTemporaryDirectory(), { limits: { bytes: 1 } });
  const span_data = { type: 'function', name: 'f', input: 'x'.repeat(300_000), output: '' };
  for (const id of ['first', 'goes', 'last']) {
    await fixture.store.append(makeBatch([makeSpan(id, 's', { span_data })]), true);
  }
  await fixture.store.append(makeBatch([makeSpan('open', 's')]), true);
  return fixture;
}

async function removeSecond({ store, files }: StoreFixture): Promise<void> {
  await store.delete(['goes'], false, 'user');
  await store.compactor?.run();
  expect((await files.list()).filter((name) => name.startsWith('000002'))).toEqual([]);
}

/** The same at once, as the last step of compaction does it. */
async function vanish({ store, files }: StoreFixture): Promise<void> {
  await Promise.all([files.remove('000002.jsonl'), files.remove('000002.columns')]);
  store.library.delete(4, { at: NOW_US, traceIds: ['goes'], keepAway: false, reason: 'user' });
  store.library.tables.drop(2);
}

it('an export brings all that is left', async () => {
  const fixture = await openThree();
  const chunks = exportChunks(fixture.store.library, ['first', 'goes', 'last'], fixture.store.readLine);
  let text = Buffer.from(chunks.next().value ?? []).toString('utf8');
  await removeSecond(fixture);
  for (const chunk of chunks) text += Buffer.from(chunk).toString('utf8');
  const ids = text.trimEnd().split('\n');
  expect(ids.map((line) => /"trace_id":"(\w+)"/.exec(line)?.[1])).toEqual(['first', 'last']);
});

it.each([0, 1, 2, 3])(
  'a pull that met it after %d of its steps ends at a place that a next one takes',
  async (steps) => {
    const fixture = await openThree();
    const { library } = fixture.store;
    const pulling = pullPages(library, { cursor: undefined, held: undefined, maxBytes: 1_000_000 });
    for (let i = 0; i < steps; i++) await new Promise((resolve) => setImmediate(resolve));
    await vanish(fixture);
    const { answer } = await pulling;
    // A page sends the cursor back, and no negative number is taken.
    expect(answer.cursor.generation).toBeGreaterThanOrEqual(0);
    const next = await pullPages(library, { cursor: answer.cursor, held: undefined, maxBytes: 1_000_000 });
    expect(next.answer.reset).toBe(false);
    expect([...answer.summaries, ...next.answer.summaries].map(({ id }) => id)).toContain('last');
  },
);

it('cleaning up measures the others', async () => {
  const fixture = await openThree();
  const { store } = fixture;
  const cleaner = new Cleaner(store, () => NOW_US);
  const previewing = cleaner.preview({ kind: 'older-than', seconds: 0 });
  await vanish(fixture);
  await expect(previewing).resolves.toMatchObject({ bytes: 0 });
});
