/** Notes as `show` prints them. */
import { describe, expect, it } from 'vitest';
import { writeNotes } from '../../cli/note-list.ts';
import { SpanTable } from '../../core/model/span-table.ts';

const AT = '2026-06-01T00:00:00Z';

describe('the notes that show prints', () => {
  it('say what they are about, their labels and every line, and cannot steer a terminal', () => {
    const about = { id: 'a', traceId: 't', at: AT, labels: [] };
    const notes = [
      { ...about, spanId: null, text: 'one\ntwo', labels: ['odd', '\u001b[2J'] },
      { ...about, spanId: 'never', text: '' },
    ];
    expect(writeNotes(notes, new SpanTable())).toBe(
      `\nNotes\n  ${AT}  the trace  #odd  #\\u001b[2J\n    one\n    two\n  ${AT}  never\n`,
    );
  });

  it('are no line at all where there are none', () => {
    expect(writeNotes([], new SpanTable())).toBe('');
  });
});
