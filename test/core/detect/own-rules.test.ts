import { describe, expect, it } from 'vitest';
import { readOwnPattern } from '../../../core/detect/own-pattern.ts';
import { makeWordList } from '../../../core/detect/word-list.ts';
import type { Detector } from '../../../core/detect/detector.ts';

function finds(detector: Detector, text: string): readonly string[] {
  const found: string[] = [];
  detector.find(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

describe('a pattern of the user', () => {
  it('finds what it describes', () => {
    const read = readOwnPattern('staff', 'EMP-\\d{4,6}(?:[a-z]|\\b)');
    expect(read.kind === 'detector' && finds(read.detector, 'EMP-12345 and EMP-1')).toEqual(['EMP-12345']);
  });

  it.each([
    ['(a+)+$', 'repetition'],
    ['(a|a){20}', 'choice'],
    ['(a|aa)+', 'choice'],
    ['(?:(?:a?){9}){9}', 'repetition'],
    ['\\w+\\w+\\w+x', 'too many ways'],
    ['(?=a)b', 'looks around'],
    ['(?<!a)b', 'looks around'],
    ['(a)\\1', 'refers back'],
    ['a{2,9999}', '256'],
    ['a*', 'nothing stands'],
    ['(a', 'not closed'],
    ['a)', 'never opened'],
    ['[z-a]', 'no regular expression'],
    ['', '1 to 500'],
  ])('is refused where its time could explode or it cannot be read: %s', (pattern, says) => {
    const read = readOwnPattern('own', pattern);
    expect(read.kind === 'fault' ? read.says : 'taken').toContain(says);
  });
});

describe('a word list', () => {
  it('finds whole words and phrases in any case, the longest first', () => {
    const words = makeWordList('projects', ['Nordlicht', 'Project Blue Heron', 'project']);
    expect(finds(words, 'PROJECT blue-heron, nordlichter, Nordlicht; projects')).toEqual([
      'PROJECT blue-heron',
      'Nordlicht',
    ]);
  });

  it('holds thousands of words', () => {
    const words = makeWordList(
      'names',
      Array.from({ length: 20_000 }, (_, i) => `name${String(i)}`),
    );
    expect(finds(words, 'name19999 name20000 name7')).toEqual(['name19999', 'name7']);
  });

  it('finds nothing where it is empty, or holds no word', () => {
    expect(makeWordList('none', []).mayHold('a', () => true)).toBe(false);
    expect(finds(makeWordList('marks', ['---']), '--- a')).toEqual([]);
  });
});
