/** Changes the notes of a trace for a page, which is not trusted to keep to their limits. */
import { isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import { eraseNote, NOTE_LIMITS, readNote, type Note } from '../../../core/model/note.ts';
import { RpcError, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { TraceStore } from '../trace-store.ts';
import { readString } from './read-params.ts';
import { tellUnavailable } from './tell-unavailable.ts';

type NoteStore = Pick<TraceStore, 'library' | 'putNotes'>;

export type NoteAnswers = Pick<RequestListeners, 'notes.list' | 'notes.put' | 'notes.delete'>;

export function answerNotes(store: NoteStore & Pick<TraceStore, 'notesOf'>): NoteAnswers {
  return {
    'notes.list': async (params) => {
      return await Promise.resolve({ result: { notes: store.notesOf([readString(params, 'traceId')]) } });
    },
    'notes.put': async (params) => ({ result: { note: await tellUnavailable(putNote(store, params)) } }),
    'notes.delete': async (params) => {
      await tellUnavailable(deleteNote(store, readString(params, 'traceId'), readString(params, 'id')));
      return { result: {} };
    },
  };
}

/** Resolves when the note is durable, with the note as it is kept. */
export async function putNote(store: NoteStore, params: Json): Promise<Note> {
  const note = readNote(isJsonObject(params) ? ownAt(params, 'note') : undefined);
  if (note === undefined)
    throw new RpcError('bad-note', 'A note needs text or a label, and both have limits.');
  const { library } = store;
  if (!library.has(note.traceId)) throw new RpcError('unknown-trace', 'No trace has this id.');
  const isNew = library.notes.find(note.traceId, note.id) === undefined;
  if (isNew && library.notes.of(note.traceId).length >= NOTE_LIMITS.notes) {
    throw new RpcError('too-many-notes', `A trace can have ${String(NOTE_LIMITS.notes)} notes.`);
  }
  await store.putNotes([note]);
  return note;
}

export async function deleteNote(store: NoteStore, traceId: string, id: string): Promise<void> {
  const note = store.library.notes.find(traceId, id);
  if (note !== undefined) await store.putNotes([eraseNote(note)]);
}
