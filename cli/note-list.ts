/** The user's notes of a trace as `show` prints them behind its spans. */
import { visible } from '../core/analysis/text-view.ts';
import type { Note } from '../core/model/note.ts';
import { SpanIdIndex } from '../core/model/span-id-index.ts';
import type { SpanTable } from '../core/model/span-table.ts';

/** Empty where there are none. Control characters are shown as escapes; a text keeps its lines. */
export function writeNotes(notes: readonly Note[], spans: SpanTable): string {
  if (notes.length === 0) return '';
  const index = SpanIdIndex.of(spans);
  return `\nNotes\n${notes.map((note) => writeNote(note, spans, index)).join('')}`;
}

function writeNote({ spanId, at, text, labels }: Note, spans: SpanTable, index: SpanIdIndex): string {
  const row = spanId === null ? -1 : index.findId(spanId);
  const about = spanId === null ? 'the trace' : row < 0 ? spanId : `${spans.name(row)} (${spanId})`;
  const head = [at, visible(about), ...labels.map((label) => `#${visible(label)}`)].join('  ');
  const lines = text === '' ? [] : text.split('\n').map((line) => `    ${visible(line)}\n`);
  return `  ${head}\n${lines.join('')}`;
}
