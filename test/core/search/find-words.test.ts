/** Where words stand in what a span holds. */
import { expect, test } from 'vitest';
import { WordFinder } from '../../../core/search/find-words.ts';

test('the words may stand in several texts of a span, and each is told with its path', () => {
  const data = {
    type: 'generation',
    model: 'refund-model',
    input: [{ role: 'user', content: 'Please refund the duplicate charge of 42' }],
    output: [{ role: 'assistant', content: 'The REFUND is on its way' }],
  };
  const found = new WordFinder(['duplicate charge', 'refund']).find(data, null);
  expect(found?.count).toBe(2);
  expect(found?.texts).toEqual([
    { path: 'input[0].content', before: 'Please refund the ', match: 'duplicate charge', after: ' of 42' },
    { path: 'output[0].content', before: 'The ', match: 'REFUND', after: ' is on its way' },
  ]);
  expect(new WordFinder(['refund', 'absent']).find(data, null)).toBeUndefined();
});

test('what the span is called by its kind and model is no content', () => {
  expect(new WordFinder(['gpt']).find({ type: 'generation', model: 'gpt-5' }, null)).toBeUndefined();
});

test('errors are searched, and arguments that are JSON with escapes are read', () => {
  const data = { type: 'function', input: '{"city": "M\\u00fcnchen"}', output: 'ok' };
  expect(new WordFinder(['münchen']).find(data, null)?.texts[0]).toEqual({
    path: 'input.city',
    before: '',
    match: 'München',
    after: '',
  });
  const error = { message: 'card declined', data: null };
  expect(new WordFinder(['declined']).find({}, error)?.texts[0]?.path).toBe('error.message');
});

test('what stands around a place is cut at whole letters', () => {
  const text = `${'🙂'.repeat(90)}refund${'🙂'.repeat(90)}`;
  const [first] = new WordFinder(['refund']).find({ output: `x${text}x` }, null)?.texts ?? [];
  expect(first?.before).toBe(`…${'🙂'.repeat(45)}`);
  expect(first?.after).toBe(`${'🙂'.repeat(45)}…`);
});

test('a value of 5,000 levels is walked without a stack', () => {
  let value: unknown = 'refund';
  for (let i = 0; i < 5000; i++) value = [value];
  expect(new WordFinder(['refund']).find({ output: value as never }, null)?.count).toBe(1);
});
