import { expect, test } from 'vitest';
import { classifyError, classifyMessage, MAX_CLASS_LENGTH } from '../../../core/model/error-class.ts';

test.each([
  ['Timeout after 31.5 s calling https://api.example.com/v1/x?id=7', 'Timeout after <n> s calling <url>'],
  ['No order "A-17" for customer \'Ann\'', 'No order <value> for customer <value>'],
  ["Order doesn't exist and can't be made", "Order doesn't exist and can't be made"],
  ['ENOENT: no such file /srv/ann/notes.txt', 'ENOENT: no such file <path>'],
  ['cannot open D:\\data\\x.txt now', 'cannot open <path> now'],
  ['request req_011CSHoEeqs5C35K2UUqR7Fy failed', 'request <id> failed'],
  ['run 550e8400-e29b-41d4-a716-446655440000 is gone', 'run <id> is gone'],
  ['at 0x7ffee3 in block deadbeef01', 'at <id> in block <id>'],
  ['write to ann@example.com bounced\n\n  twice', 'write to <email> bounced twice'],
  ['Error code: 429 - rate limit, retry in 20s', 'Error code: <n> - rate limit, retry in <n>s'],
  ['gpt4 said http2 is fine', 'gpt4 said http2 is fine'],
])('%s', (message, expected) => {
  expect(classifyMessage(message)).toBe(expected);
});

test('two messages of one sort are one class, and a class is its own class', () => {
  const one = classifyMessage('Payment 4711 of 12.50 EUR declined by "Visa"');
  expect(classifyMessage('Payment 12 of 1,000 EUR declined by "Amex"')).toBe(one);
  expect(classifyMessage(one ?? '')).toBe(one);
});

test('a class is no longer than it may be', () => {
  expect(classifyMessage('word '.repeat(1000))?.length).toBeLessThanOrEqual(MAX_CLASS_LENGTH);
});

test('hostile messages are read in no time', () => {
  for (const bit of ['"', "'", 'a-', 'a_', '/', '0x', 'a.b@', '<', '1,']) {
    expect(() => classifyMessage(bit.repeat(500_000))).not.toThrow();
  }
});

test('what happened stands beside a message that is the same for every tool', () => {
  expect(
    classifyError({
      message: 'Error running tool (non-fatal)',
      data: { tool_name: 'refund', error: 'No order 7' },
    }),
  ).toBe('Error running tool: No order <n>');
});

test('an error without a word has no class', () => {
  for (const error of [undefined, null, {}, '', { message: '' }, 7])
    expect(classifyError(error)).toBeUndefined();
});
