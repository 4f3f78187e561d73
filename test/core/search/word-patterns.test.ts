/** Words as patterns: what they find in a text, and that no line of JSON that holds them is let by. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyPattern,
  linePattern,
  ODD_ESCAPE,
  readWords,
  textPattern,
} from '../../../core/search/word-patterns.ts';

function finds(piece: string, text: string): boolean {
  return textPattern(piece).test(text);
}

/** The bytes of a line, read as the host reads them. */
function raw(json: string): string {
  return Buffer.from(json, 'utf8').toString('latin1');
}

function mayHold(piece: string, json: string): boolean {
  const line = raw(json);
  return linePattern(piece).test(line) || new RegExp(ODD_ESCAPE).test(line);
}

describe('the words of a search', () => {
  test('stand alone or in quotes, the longest first', () => {
    expect(readWords('refund "duplicate charge" refund')).toEqual(['duplicate charge', 'refund']);
    expect(readWords('"not closed yet')).toEqual(['not closed yet']);
    expect(readWords('  "" ')).toEqual([]);
  });
});

describe('a piece in a text', () => {
  test('is found in small and capital letters of any alphabet', () => {
    expect(finds('münchen', 'nach MÜNCHEN')).toBe(true);
    expect(finds('ПРИВЕТ', 'привет')).toBe(true);
    expect(finds('straße', 'STRASSE')).toBe(false);
  });

  test('is found across any white space, and letter by letter as it stands', () => {
    expect(finds('duplicate charge', 'a duplicate\n\u00a0 charge')).toBe(true);
    expect(finds('a.c', 'abc')).toBe(false);
    expect(finds('$(x)[1]{2}^|?*+\\', '$(x)[1]{2}^|?*+\\')).toBe(true);
    expect(finds('-/', 'a-/b')).toBe(true);
  });

  test('is whole letters, also beyond the first 65,536', () => {
    expect(finds('🙂', 'so 🙂 so')).toBe(true);
    expect(finds('🙂', '🙃')).toBe(false);
    expect('Ein 🙂 und ein BETRAG'.replace(anyPattern(['🙂', 'betrag']), '_')).toBe('Ein _ und ein _');
  });
});

const piece = fc
  .string({
    unit: fc.constantFrom(...Array.from('aBkKsſé"\\/\n\t \u00a0ЖжßẞσΣ🙂𐐀𐐨<&')),
    minLength: 1,
    maxLength: 6,
  })
  .filter((text) => text.trim() !== '');

/** JSON as other writers put it. */
const WRITERS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => escapeNonAscii(JSON.stringify(value)),
  (value) =>
    escapeNonAscii(JSON.stringify(value))
      .toUpperCase()
      .replaceAll('\\U', '\\u')
      .replace(/\\([NTRBF])/g, lower),
  (value) => JSON.stringify(value).replaceAll('/', '\\/').replace(/[<&]/g, escapeUnit),
  (value) =>
    JSON.stringify(value)
      .replace(/[a-zA-Z]/g, escapeUnit)
      .replace(/\\\\u/g, '\\u'),
];

function lower(text: string): string {
  return text.toLowerCase();
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function escapeNonAscii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, escapeUnit);
}

describe('a line of JSON', () => {
  test.each(WRITERS.map((write, i) => [i, write] as const))(
    'that holds the words is never let by, whoever wrote it (%i)',
    (i, write) => {
      fc.assert(
        fc.property(piece, fc.string(), fc.boolean(), (words, around, nested) => {
          // The last writer escapes letters, which may not touch the escapes of JSON itself.
          fc.pre(i < 4 || !/["\\\n\t]/.test(words + around));
          const text = `${around}${words.toUpperCase().length === words.length ? words.toUpperCase() : words}${around}`;
          fc.pre(finds(words.trim(), text));
          const value = nested && i < 4 ? { arguments: write({ said: text }) } : { said: text };
          expect(mayHold(words.trim(), write(value))).toBe(true);
        }),
        { numRuns: 400 },
      );
    },
  );

  test('is let by where nothing of it is like the words', () => {
    expect(mayHold('refund', '{"said":"invoice"}')).toBe(false);
    expect(mayHold('é', '{"said":"e \\u00e8"}')).toBe(false);
  });
});
