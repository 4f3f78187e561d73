import type { JournalListener } from '../journal/journal-writer.ts';
import type { Library } from './library.ts';

/** The part of a journal's listener that keeps a library up to date. */
export function indexInto(
  library: Library,
): Pick<JournalListener, 'committed' | 'deleted' | 'noted' | 'adopted'> {
  return {
    committed: (segment, batch, linesAt) => {
      library.addBatch(segment, batch, linesAt);
    },
    deleted: (segment, deletion) => {
      library.delete(segment, deletion);
    },
    noted: (segment, lines) => {
      library.addNotes(segment, lines);
    },
    adopted: (segment, { table, summaries }) => {
      library.addTable(segment, table, summaries);
      for (const summary of summaries?.values() ?? []) library.drawings?.expect(summary);
    },
  };
}
