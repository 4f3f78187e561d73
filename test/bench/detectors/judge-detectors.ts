/** Runs the detectors over a set: what they found, missed and took for something, by type. */
import { findSensitive } from '../../../core/detect/find-sensitive.ts';
import { chooseDetectors } from '../../../core/detect/registry.ts';
import { SENSITIVE_TYPES, type BuiltInType } from '../../../core/detect/sensitive-types.ts';
import type { Sample } from './sample.ts';

export interface TypeScore {
  readonly type: BuiltInType;
  readonly planted: number;
  /** Planted values of which every character was covered by a find. */
  readonly found: number;
  /** Finds of this type where none of it stood. */
  readonly wrong: number;
  readonly recall: number;
  readonly precision: number;
  /** Some of the texts that went wrong, for whoever mends a rule. */
  readonly missedTexts: readonly string[];
  readonly wrongTexts: readonly string[];
}

interface Tally {
  planted: number;
  found: number;
  wrong: number;
  missedTexts: string[];
  wrongTexts: string[];
}

const MOST_TEXTS = 12;

export function judgeDetectors(samples: readonly Sample[]): readonly TypeScore[] {
  const wanted = chooseDetectors(new Set(SENSITIVE_TYPES));
  const tallies = new Map<string, Tally>();
  const tallyOf = (type: string): Tally => {
    const known = tallies.get(type) ?? { planted: 0, found: 0, wrong: 0, missedTexts: [], wrongTexts: [] };
    tallies.set(type, known);
    return known;
  };
  for (const { text, key, labels } of samples) {
    const matches = findSensitive(text, wanted, key);
    // Where a whole text is wrapped its value is anywhere in it: then a find of the type is enough.
    const isWhole = labels.some(({ start, end }) => start === 0 && end === text.length);
    for (const label of labels) {
      const tally = tallyOf(label.type);
      tally.planted++;
      const isFound = matches.some(
        ({ type, start, end }) =>
          type === label.type && (isWhole || (start <= label.start && end >= label.end)),
      );
      if (isFound) tally.found++;
      else if (tally.missedTexts.length < MOST_TEXTS)
        tally.missedTexts.push(`${key ?? ''} ${text} → ${matches.map(({ type }) => type).join()}`);
    }
    for (const match of matches) {
      if (
        labels.some(({ type, start, end }) => type === match.type && match.start < end && match.end > start)
      )
        continue;
      const tally = tallyOf(match.type);
      tally.wrong++;
      if (tally.wrongTexts.length < MOST_TEXTS)
        tally.wrongTexts.push(`${text.slice(match.start, match.end)} in ${text}`);
    }
  }
  return SENSITIVE_TYPES.map((type) => {
    const { planted, found, wrong, ...texts } = tallyOf(type);
    return {
      type,
      planted,
      found,
      wrong,
      recall: found / planted,
      precision: found / (found + wrong),
      ...texts,
    };
  });
}
