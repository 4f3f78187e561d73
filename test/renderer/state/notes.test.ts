// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Note } from '../../../core/model/note.ts';
import { RpcError } from '../../../core/rpc/connection.ts';
import { Notes } from '../../../renderer/state/notes.svelte.ts';
import type { Link } from '../../../renderer/state/link.svelte.ts';

const AT = '2026-06-01T00:00:00.000000Z';

interface Host {
  readonly kept: Map<string, Note>;
  away: boolean;
  open: () => void;
  tell: (change: { traceId: string }) => void;
}

/** A line to a host that keeps notes, or that is away. */
function makeHost() {
  const kept = new Map<string, Note>();
  const host: Host = { kept, away: false, open: () => undefined, tell: () => undefined };
  const answer = (name: string, params: { traceId: string; id: string; note: Note }): unknown => {
    if (name === 'notes.put') kept.set(params.note.id, params.note);
    if (name === 'notes.delete') kept.delete(params.id);
    if (name === 'notes.put') return { note: params.note };
    return { notes: [...kept.values()].filter(({ traceId }) => traceId === params.traceId) };
  };
  const link = {
    onOpen: (listener: () => void) => (host.open = listener),
    on: (_: string, listener: Host['tell']) => (host.tell = listener),
    request: (name: string, params: never) =>
      host.away
        ? Promise.reject(new RpcError('closed', 'away'))
        : Promise.resolve({ result: answer(name, params) }),
  };
  let made = 0;
  const notes = new Notes(
    link as unknown as Link,
    () => `n${String(made++)}`,
    () => Date.parse(AT),
  );
  return { host, notes };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

test('a note is written, changed and taken away', async () => {
  const { host, notes } = makeHost();
  notes.look('t');
  expect(await notes.write('s', { text: ' why? ', labels: ['odd', ' odd'] })).toBe(true);
  expect(notes.of('s')).toEqual([
    { id: 'n0', traceId: 't', spanId: 's', at: AT, text: 'why?', labels: ['odd'] },
  ]);
  expect(notes.of(undefined)).toEqual([]);
  const [note] = notes.of('s');
  if (note === undefined) return;
  await notes.write('other', { text: 'because', labels: [] }, note);
  expect(host.kept.get('n0')).toMatchObject({ spanId: 's', text: 'because' });
  expect(notes.labels).toEqual([]);
  expect(await notes.remove(note)).toBe(true);
  expect(notes.list).toEqual([]);
});

test('what another tab writes is read, and so is what was written while the line was broken', async () => {
  const { host, notes } = makeHost();
  notes.look('t');
  await settled();
  host.kept.set('x', { id: 'x', traceId: 't', spanId: null, at: AT, text: 'from there', labels: ['b', 'a'] });
  host.tell({ traceId: 'another' });
  await settled();
  expect(notes.list).toEqual([]);
  host.tell({ traceId: 't' });
  await settled();
  expect(notes.of(undefined)).toHaveLength(1);
  expect(notes.labels).toEqual(['a', 'b']);
  host.kept.clear();
  host.open();
  await settled();
  expect(notes.list).toEqual([]);
});

test('without a host nothing is lost in silence', async () => {
  const { host, notes } = makeHost();
  host.away = true;
  notes.look('t');
  await settled();
  expect(await notes.write(undefined, { text: 'kept?', labels: [] })).toBe(false);
  expect(notes.failure).toBe('The host is away: the note was not kept.');
  host.away = false;
  expect(await notes.write(undefined, { text: 'kept?', labels: [] })).toBe(true);
  expect(notes.failure).toBeUndefined();
});
