/** Notes: what is one, how large it may be, and what is left of one that was taken away. */
import { describe, expect, it } from 'vitest';
import { eraseNote, NOTE_LIMITS, readNote, readWrittenNote } from '../../../core/model/note.ts';
import { encodeNoteLine, isNoteLine, readNoteLine } from '../../../core/journal/note-line.ts';
import type { Json } from '../../../core/model/json.ts';

const NOTE = {
  id: 'n1',
  traceId: 't',
  spanId: null,
  at: '2026-06-01T00:00:00.000000Z',
  text: 'Why twice?',
  labels: ['odd'],
};

describe('a note', () => {
  it('needs an id, a trace, a time, and something to say', () => {
    expect(readNote(NOTE)).toEqual(NOTE);
    for (const lack of [
      { id: '' },
      { traceId: 7 },
      { at: 'today' },
      { text: '', labels: [] },
      { spanId: 3 },
    ]) {
      expect(readNote({ ...NOTE, ...lack })).toBeUndefined();
    }
    for (const none of [null, 'note', [NOTE], undefined]) expect(readNote(none)).toBeUndefined();
  });

  it('has labels that are trimmed, named once, and never empty', () => {
    expect(readNote({ ...NOTE, labels: [' odd', 'odd ', '', 'slow'] })?.labels).toEqual(['odd', 'slow']);
    expect(readNote({ ...NOTE, labels: 'odd' })).toBeUndefined();
    expect(readNote({ ...NOTE, labels: ['odd', 4] })).toBeUndefined();
  });

  it('is refused where its text or its labels are too large', () => {
    const { textLetters, labels, labelLetters } = NOTE_LIMITS;
    expect(readNote({ ...NOTE, text: 'x'.repeat(textLetters) })).toBeDefined();
    expect(readNote({ ...NOTE, text: 'x'.repeat(textLetters + 1) })).toBeUndefined();
    expect(readNote({ ...NOTE, labels: ['x'.repeat(labelLetters + 1)] })).toBeUndefined();
    const many = Array.from({ length: labels + 1 }, (_, i) => String(i));
    expect(readNote({ ...NOTE, labels: many })).toBeUndefined();
  });

  it('says nothing any more once it was taken away', () => {
    const erased = eraseNote(NOTE);
    expect(erased).toEqual({ ...NOTE, text: '', labels: [], deleted: true });
    expect(readNote({ ...erased })).toBeUndefined();
    expect(readWrittenNote({ ...erased })).toEqual(erased);
  });

  it('is a line of the journal that reads back as it was', () => {
    const hostile = { ...NOTE, spanId: 's', text: 'a\n"$block"\u2028\u0000<b>' };
    for (const note of [hostile, eraseNote(hostile)]) {
      const line = new TextDecoder().decode(encodeNoteLine(note));
      expect(line.endsWith('\n') && line.indexOf('\n') === line.length - 1).toBe(true);
      expect(readNoteLine(JSON.parse(line) as Json)).toEqual(note);
    }
    expect(isNoteLine({ $note: 5 })).toBe(true);
    expect(readNoteLine({ $note: 5 })).toBeUndefined();
    expect(isNoteLine({ object: 'trace' })).toBe(false);
  });
});
