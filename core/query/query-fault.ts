/** What can be wrong with the text of a query, and every sentence that says so. */
import { nearestWord } from './nearest-word.ts';
import { fieldWords } from './find-field.ts';
import type { QueryField } from './query-fields.ts';

export interface QueryFault {
  /** Whole sentences for a person. */
  readonly message: string;
  /** The characters it is about; may be none, at the end of the text. */
  readonly from: number;
  readonly to: number;
}

export const FAULTS = {
  tooLong: () => 'The query is too long.',
  tooDeep: () => 'The brackets are nested too deep.',
  openQuote: () => 'The quotation mark is not closed.',
  openBracket: () => 'The bracket is not closed.',
  strayBracket: () => 'No bracket is open here.',
  emptyBrackets: () => 'There is nothing between the brackets.',
  missingPart: (word: string) => `A condition is missing after “${word}”.`,
  strayWord: (word: string) =>
    `A condition is missing before “${word}”. For the word itself write "${word}".`,
  unknownField: (word: string, of: 'trace' | 'span') => {
    const near = nearestWord(word.toLowerCase(), fieldWords(of));
    const what = of === 'span' ? 'A span has no field' : 'There is no field';
    return near === undefined
      ? `${what} “${word}”. To look for the text, put it in quotation marks.`
      : `${what} “${word}”. Did you mean ${near}?`;
  },
  ofTraceOnly: (word: string) => `“${word}” is a field of traces, not of spans.`,
  ofSpanOnly: (word: string) => `“${word}” is a field of spans: write span(${word}:…).`,
  nestedSpan: () => 'A span has no spans: span(…) cannot stand in span(…).',
  missingValue: ({ name, example }: QueryField) => `${name} needs a value, such as ${example}.`,
  missingKey: () => 'Say which field of the metadata, such as metadata.tier:gold.',
  noComparison: ({ name, example }: QueryField) =>
    `${name} has no more or less. Write it with a colon, such as ${example}.`,
  badWord: (word: string, { name, words = [] }: QueryField) => {
    const near = nearestWord(word.toLowerCase(), words);
    return near === undefined
      ? `${name} is one of ${words.join(', ')}.`
      : `${name} is never “${word}”. Did you mean ${near}?`;
  },
  badTruth: ({ name }: QueryField) => `${name} is true or false.`,
  badCount: ({ name }: QueryField) => `${name} is a number, such as 10, 10k or 1.5M.`,
  badMoney: ({ name }: QueryField) => `${name} is an amount of money, such as $0.02 or 0.02.`,
  badDuration: ({ name }: QueryField) =>
    `${name} is a length of time with its unit, such as 500ms, 5s, 1m30s or 2h.`,
  badTime: ({ name }: QueryField) =>
    `${name} is a time, such as today, yesterday, 7d, 2026-11-20 or 2026-11-20T14:00.`,
  badNumber: (key: string) => `Only a number can be more or less than ${key}.`,
  emptyRange: () => 'The range ends before it begins.',
} as const;
