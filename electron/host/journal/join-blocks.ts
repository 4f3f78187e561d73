/** What waits for the disk together, as the blocks that it will be. */
import { encodeDeleteLine, type Deletion } from '../../../core/journal/delete-line.ts';
import { encodeNoteLine, type NoteLine } from '../../../core/journal/note-line.ts';
import type { WrittenNote } from '../../../core/model/note.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { PendingBatch } from './group-commit.ts';
import type { BlockBody } from './segment-writer.ts';

interface NoteBlock {
  readonly kind: 'notes';
  readonly notes: readonly WrittenNote[];
  /** One each, with its line feed. */
  readonly lines: readonly Uint8Array[];
}

/** What one block will hold. */
export type Block =
  | { readonly kind: 'records'; readonly batches: RecordBatch[] }
  | { readonly kind: 'deletion'; readonly deletion: Deletion }
  | NoteBlock;

/** Live batches that flush together are one block; a batch of an import, a deletion and notes are one of their own. */
export function joinIntoBlocks(group: readonly PendingBatch[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: RecordBatch[] | undefined;
  for (const { batch, deletion, notes, durable } of group) {
    if (deletion !== undefined) blocks.push({ kind: 'deletion', deletion });
    if (notes !== undefined) blocks.push({ kind: 'notes', notes, lines: notes.map(encodeNoteLine) });
    if (deletion !== undefined || notes !== undefined) open = undefined;
    if (batch === undefined) continue;
    if (durable && open !== undefined) {
      open.push(batch);
    } else {
      const batches = [batch];
      blocks.push({ kind: 'records', batches });
      open = durable ? batches : undefined;
    }
  }
  return blocks;
}

export function toBlockBody(block: Block): BlockBody {
  if (block.kind === 'deletion') return { parts: [encodeDeleteLine(block.deletion)], lines: 1 };
  if (block.kind === 'notes') return { parts: block.lines, lines: block.lines.length };
  const { batches } = block;
  return {
    parts: batches.flatMap((batch) => [batch.contextLine, batch.lines]),
    lines: batches.reduce((sum, batch) => sum + batch.records.length + 1, 0),
  };
}

/** Where the notes of a block stand, whose body begins at `bodyAt`. Lengths are without the line feed. */
export function placeNotes({ notes, lines }: NoteBlock, bodyAt: number): readonly NoteLine[] {
  let offset = bodyAt;
  return lines.map((line, i) => {
    const placed = { offset, length: line.length - 1, note: notes[i] };
    offset += line.length;
    return placed;
  });
}
