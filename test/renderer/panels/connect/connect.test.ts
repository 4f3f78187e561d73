import { expect, test } from 'vitest';
import { codeWords } from '../../../../renderer/panels/connect/code-words.ts';
import { connectWays } from '../../../../renderer/panels/connect/connect-snippets.ts';

const ways = connectWays('http://127.0.0.1:5555');

test('every line that is sent somewhere names the door of this host', () => {
  const sending = ways.filter(({ id }) => id !== 'files').flatMap(({ snippets }) => snippets);
  expect(sending.length).toBeGreaterThan(3);
  for (const { code } of sending) {
    expect(code).toContain('http://127.0.0.1:5555');
    expect(code).not.toMatch(/127\.0\.0\.1:(?!5555)/);
  }
});

test('colouring changes no letter of the code', () => {
  for (const { code } of ways.flatMap(({ snippets }) => snippets)) {
    expect(
      codeWords(code)
        .map(({ text }) => text)
        .join(''),
    ).toBe(code);
  }
  expect(codeWords('from a import "b"').map(({ look }) => look)).toEqual([
    'keyword',
    'plain',
    'keyword',
    'plain',
    'string',
  ]);
});
