/** The user's notes of the open trace, the same in every tab and window. */
import { cleanLabels, NOTE_LIMITS, type Note } from '../../core/model/note.ts';
import { writeIsoUs } from '../../core/model/time.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { Link } from './link.svelte.ts';

/** What a person writes; the rest of a note follows from where it is written. */
export interface NoteDraft {
  readonly text: string;
  readonly labels: readonly string[];
}

export class Notes {
  list: readonly Note[] = $state.raw([]);
  /** Why the last wish could not be fulfilled, in a sentence. */
  failure: string | undefined = $state();
  readonly #link: Link;
  readonly #makeId: () => string;
  readonly #now: () => number;
  #traceId: string | undefined;

  constructor(
    link: Link,
    makeId: () => string = () => crypto.randomUUID(),
    now: () => number = () => Date.now(),
  ) {
    this.#link = link;
    this.#makeId = makeId;
    this.#now = now;
    link.onOpen(() => void this.#read());
    link.on('notes.changed', ({ traceId }) => {
      if (traceId === this.#traceId) void this.#read();
    });
  }

  /** Reads the notes of this trace from now on. */
  look(traceId: string | undefined): void {
    if (traceId === this.#traceId) return;
    this.#traceId = traceId;
    this.list = [];
    this.failure = undefined;
    void this.#read();
  }

  /** Those of a span; undefined: those of the trace as a whole. */
  of(spanId: string | undefined): readonly Note[] {
    return this.list.filter((note) => note.spanId === (spanId ?? null));
  }

  /** Every label of the trace's notes, each once. */
  get labels(): readonly string[] {
    return cleanLabels(this.list.flatMap(({ labels }) => labels)).toSorted();
  }

  /** Writes a note, or writes one anew. Returns whether it was kept. */
  async write(spanId: string | undefined, draft: NoteDraft, known?: Note): Promise<boolean> {
    const traceId = this.#traceId;
    if (traceId === undefined) return false;
    const note: Note = {
      id: known?.id ?? this.#makeId(),
      traceId,
      spanId: known === undefined ? (spanId ?? null) : known.spanId,
      at: writeIsoUs(this.#now() * 1000),
      text: draft.text.trim().slice(0, NOTE_LIMITS.textLetters),
      labels: cleanLabels(draft.labels),
    };
    return await this.#ask(async () => {
      const { result } = await this.#link.request('notes.put', { note });
      this.#show([...this.list.filter(({ id }) => id !== note.id), result.note]);
    });
  }

  async remove({ traceId, id }: Note): Promise<boolean> {
    return await this.#ask(async () => {
      await this.#link.request('notes.delete', { traceId, id });
      this.#show(this.list.filter((note) => note.id !== id));
    });
  }

  async #ask(ask: () => Promise<void>): Promise<boolean> {
    try {
      await ask();
      this.failure = undefined;
      return true;
    } catch (error) {
      const closed = error instanceof RpcError && error.code === 'closed';
      const message = error instanceof Error ? error.message : String(error);
      this.failure = closed ? 'The host is away: the note was not kept.' : message;
      return false;
    }
  }

  async #read(): Promise<void> {
    const traceId = this.#traceId;
    if (traceId === undefined) return;
    try {
      const { result } = await this.#link.request('notes.list', { traceId });
      if (traceId === this.#traceId) this.#show(result.notes);
    } catch (error) {
      // Without a line there are none to read; they are read when it opens.
      if (!(error instanceof RpcError)) throw error;
    }
  }

  #show(notes: readonly Note[]): void {
    const byTime = (a: Note, b: Note): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1);
    this.list = notes.toSorted(byTime);
  }
}
