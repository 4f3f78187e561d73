/** The words of a search as a pattern that finds them in what is shown. */
import { anyPattern, readWords } from '../../core/search/word-patterns.ts';

/** Undefined where there are none. */
export function readLitWords(words: string | undefined): RegExp | undefined {
  const pieces = readWords(words ?? '');
  return pieces.length === 0 ? undefined : anyPattern(pieces);
}
