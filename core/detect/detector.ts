/** What every detector is: one type, and a function that finds it in a text. */
import type { SensitiveType } from './sensitive-types.ts';

/** Where something stands; never what. Offsets are UTF-16 units, the end is behind the last. */
export interface SensitiveMatch {
  readonly type: SensitiveType;
  readonly start: number;
  readonly end: number;
}

export type HasWord = (words: RegExp) => boolean;

export interface Detector {
  readonly type: SensitiveType;
  /**
   * Never false where `find` would find something in a text that this is a piece of: what speaks against a find in the
   * words before it is left out, and a word that must stand there may do so anywhere, which `hasWord` knows.
   */
  mayHold(text: string, hasWord: HasWord): boolean;
  /** Calls back for each find, in any order. Time must grow with the length of the text, never faster. */
  find(text: string, found: (start: number, end: number) => void): void;
}

/** What is looked for. */
export interface DetectorChoice {
  readonly detectors: readonly Detector[];
  /** True where all of them are ours: then a text that holds nothing for any of them is let by. */
  readonly isOurs: boolean;
}
