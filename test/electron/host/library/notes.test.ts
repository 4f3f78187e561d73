/** Notes in the journal: through restarts, deletions, compaction and compression. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eraseNote, type Note } from '../../../../core/model/note.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const MINUTES_20 = 1_200_000_000;
const OLD = 'the words that were taken back';
const NEW = 'the words that stay';

function makeNote(id: string, text: string, more: Partial<Note> = {}): Note {
  return { id, traceId: 't', spanId: null, at: '2026-06-01T00:00:00Z', text, labels: [], ...more };
}

function textsOf(store: TraceStore, traceId = 't'): readonly string[] {
  return store.notesOf([traceId]).map(({ text }) => text);
}

async function readJournal(directory: string): Promise<string> {
  const folder = join(directory, 'journal');
  const names = (await readdir(folder)).sort();
  const texts = names.map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString('latin1');
  });
  return (await Promise.all(texts)).join('');
}

describe('notes in the journal', () => {
  it('are there after a clean end, after a crash, and for who only reads', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory);
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    const noted = makeNote('a', NEW, { spanId: 's', labels: ['odd', 'slow'] });
    await store.putNotes([noted, makeNote('b', 'second')]);
    const crashed = await openTestStore(directory, { readOnly: true });
    expect(crashed.store.notices).toEqual([]);
    expect(crashed.store.notesOf(['t', 'none'])).toEqual([noted, makeNote('b', 'second')]);
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(again.notices).toEqual([]);
    expect(again.notesOf(['t'])).toEqual([noted, makeNote('b', 'second')]);
  });

  it('count in their newest form, whichever segment that stands in, and not once taken away', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory, { limits: { bytes: 200 } });
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    await store.putNotes([makeNote('a', OLD), makeNote('b', OLD)]);
    await store.putNotes([makeNote('a', NEW)]);
    await store.putNotes([eraseNote(makeNote('b', OLD))]);
    expect(textsOf(store)).toEqual([NEW]);
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(textsOf(again)).toEqual([NEW]);
  });

  it('go with their trace, and do not come back with it', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory, { limits: { bytes: 600 } });
    await store.append(makeBatch([makeSpan('t', 's'), makeSpan('kept', 's')]), true);
    await store.putNotes([makeNote('a', OLD)]);
    await store.append(makeBatch([makeSpan('kept', 's2')]), true);
    await store.putNotes([makeNote('b', OLD), makeNote('k', NEW, { traceId: 'kept' })]);
    await store.delete(['t'], false, 'user');
    expect(textsOf(store)).toEqual([]);
    await store.append(makeBatch([makeSpan('t', 'again')]), true);
    await store.putNotes([makeNote('c', NEW)]);
    const look = await openTestStore(directory, { readOnly: true });
    expect([textsOf(look.store), textsOf(look.store, 'kept')]).toEqual([[NEW], [NEW]]);
    await store.compactor?.run();
    expect(await readJournal(directory)).not.toContain(OLD);
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(again.notices).toEqual([]);
    expect([textsOf(again), textsOf(again, 'kept')]).toEqual([[NEW], [NEW]]);
  });

  it('leave nothing on the disk of what was changed or taken away once their segment is compressed', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory, { limits: { bytes: 500 } });
    const { store } = fixture;
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    await store.putNotes([makeNote('a', OLD), makeNote('b', OLD), makeNote('c', NEW)]);
    for (let i = 0; i < 3; i++) await store.append(makeBatch([makeSpan('t', `s${String(i)}`)]), true);
    fixture.advance(MINUTES_20);
    await store.compactor?.run();
    expect(await readJournal(directory)).toContain(OLD);
    expect(await readdir(join(directory, 'journal'))).toContain('000001.jsonl.gz');
    await store.putNotes([makeNote('a', NEW), eraseNote(makeNote('b', OLD))]);
    await store.compactor?.run();
    expect(fixture.bugs).toEqual([]);
    expect(await readJournal(directory)).not.toContain(OLD);
    expect(textsOf(store)).toEqual([NEW, NEW]);
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(again.notices).toEqual([]);
    expect(textsOf(again)).toEqual([NEW, NEW]);
    expect(again.library.findSummary('t')?.spans).toBe(4);
  });

  it('keep a segment alive of which nothing else is left', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory, { limits: { bytes: 300 } });
    await store.append(makeBatch([makeSpan('gone', 's0')]), true);
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    await store.putNotes([makeNote('a', NEW)]);
    await store.append(makeBatch([makeSpan('gone', 's1')]), true);
    await store.append(makeBatch([makeSpan('t', 's2')]), true);
    await store.delete(['gone'], false, 'user');
    await store.compactor?.run();
    await store.close();
    const { store: again } = await openTestStore(directory);
    expect(textsOf(again)).toEqual([NEW]);
  });

  it('of a segment without a span are taken off the disk with their trace, too', async () => {
    const directory = await makeTemporaryDirectory();
    const { store } = await openTestStore(directory, { limits: { bytes: 100 } });
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    await store.putNotes([makeNote('a', OLD)]);
    await store.delete(['t'], false, 'user');
    await store.compactor?.run();
    expect(await readJournal(directory)).not.toContain(OLD);
  });

  it('tell of every trace whose notes change', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    const told: string[] = [];
    const stop = store.library.notes.onChange((traceId) => told.push(traceId));
    await store.putNotes([makeNote('a', NEW)]);
    await store.delete(['t'], false, 'user');
    stop();
    await store.putNotes([makeNote('a', NEW)]);
    expect(told).toEqual(['t', 't']);
  });
});
