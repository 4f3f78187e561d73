/** The free words of a query, apart from its conditions. */
import { expect, test } from 'vitest';
import { parseQuery } from '../../../core/query/parse-query.ts';
import { splitText } from '../../../core/query/split-text.ts';
import { writeQuery } from '../../../core/query/write-query.ts';

function split(text: string): readonly [words: string, rest: string] | undefined {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  const found = splitText(parsed.tree);
  return found && [found.words, writeQuery(found.rest)];
}

test('words without a field are taken out of what must be so', () => {
  expect(split('refund')).toEqual(['refund', '']);
  expect(split('agent:Billing refund "duplicate charge"')).toEqual([
    'refund "duplicate charge"',
    'agent:Billing',
  ]);
  expect(split('re*nd agent:Billing error:true')).toEqual(['re nd', 'agent:Billing error:true']);
});

test('words that need not be there are left', () => {
  expect(split('agent:Billing')).toBeUndefined();
  expect(split('not refund')).toBeUndefined();
  expect(split('refund or agent:Billing')).toBeUndefined();
});
