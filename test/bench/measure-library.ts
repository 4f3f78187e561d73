/** What is waited for after an import, in a process that only asks. */
import { numberAt, type JsonObject } from '../../core/model/json.ts';
import type { LibraryFigures } from './figures.ts';
import { runRole } from './roles.ts';

export async function measureLibraryOf(program: string, directory: string): Promise<LibraryFigures> {
  const said = await runRole(program, { role: 'library', args: [directory] });
  return {
    startMs: figureAt(said, 'startMs'),
    firstListMs: figureAt(said, 'firstListMs'),
    listMs: figureAt(said, 'listMs'),
    openMiddleMs: figureAt(said, 'openMiddleMs'),
    openLargestMs: figureAt(said, 'openLargestMs'),
    largestSpans: figureAt(said, 'largestSpans'),
    readSpanMs: figureAt(said, 'readSpanMs'),
    peakMb: figureAt(said, 'peakMb'),
  };
}

function figureAt(said: JsonObject, key: string): number {
  return numberAt(said, key) ?? Number.NaN;
}
