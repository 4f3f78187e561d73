/**
 * The notes of the journal: for each trace the newest line of every note, and for each segment all lines of
 * notes that stand in it, so that those which count no more can be taken out.
 */
import type { NoteLine } from '../../../core/journal/note-line.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { Note, WrittenNote } from '../../../core/model/note.ts';

export class Notes {
  /** By trace and by id of the note; one that was taken away is there too, since older lines of it may be. */
  readonly #newest = new Map<string, Map<string, WrittenNote>>();
  readonly #lines = new Map<SegmentNumber, readonly NoteLine[]>();
  readonly #listeners = new Set<(traceId: string) => void>();

  /** Takes lines that stand in a segment behind all that were taken before. */
  add(segment: SegmentNumber, lines: readonly NoteLine[]): void {
    if (lines.length === 0) return;
    this.#lines.set(segment, [...(this.#lines.get(segment) ?? []), ...lines]);
    for (const { note } of lines) if (note !== undefined) this.#take(note);
    for (const traceId of tracesOf(lines)) this.#tell(traceId);
  }

  /** The notes of a trace, oldest first. */
  of(traceId: string): readonly Note[] {
    const notes = [...(this.#newest.get(traceId)?.values() ?? [])];
    return notes.filter(({ deleted }) => deleted !== true).sort((a, b) => compare(a, b));
  }

  find(traceId: string, id: string): Note | undefined {
    const note = this.#newest.get(traceId)?.get(id);
    return note?.deleted === true ? undefined : note;
  }

  /** Forgets the notes of a deleted trace. Returns the segments in which lines of them stand. */
  dropTrace(traceId: string): readonly SegmentNumber[] {
    if (!this.#newest.delete(traceId)) return [];
    this.#tell(traceId);
    const segments: SegmentNumber[] = [];
    for (const [segment, lines] of this.#lines) {
      if (lines.some(({ note }) => note?.traceId === traceId)) segments.push(segment);
    }
    return segments;
  }

  /** Every line of notes in a segment, as its sidecar keeps them: those that count no more without their note. */
  linesIn(segment: SegmentNumber): readonly NoteLine[] {
    const lines = this.#lines.get(segment) ?? [];
    return lines.map((line) => (this.#isLive(line) ? line : { ...line, note: undefined }));
  }

  /** The lines of a segment that count no more. */
  deadIn(segment: SegmentNumber): readonly NoteLine[] {
    return (this.#lines.get(segment) ?? []).filter((line) => !this.#isLive(line));
  }

  /** Says that these lines are gone from the segment. */
  forgetLines(segment: SegmentNumber, gone: readonly NoteLine[]): void {
    const places = new Set(gone.map(({ offset }) => offset));
    const left = (this.#lines.get(segment) ?? []).filter(({ offset }) => !places.has(offset));
    if (left.length > 0) this.#lines.set(segment, left);
    else this.#lines.delete(segment);
  }

  /** Calls back for every trace whose notes change; returns how to stop that. */
  onChange(listener: (traceId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(note: WrittenNote): void {
    const known = this.#newest.get(note.traceId) ?? new Map<string, WrittenNote>();
    known.set(note.id, note);
    this.#newest.set(note.traceId, known);
  }

  #isLive({ note }: NoteLine): boolean {
    return note !== undefined && this.#newest.get(note.traceId)?.get(note.id) === note;
  }

  #tell(traceId: string): void {
    for (const listener of this.#listeners) listener(traceId);
  }
}

function tracesOf(lines: readonly NoteLine[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ note }) => note?.traceId ?? []));
}

function compare(a: Note, b: Note): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
