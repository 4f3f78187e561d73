import { expect, test } from 'vitest';
import { messageKey } from '../../../core/analysis/message-key.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import type { Message } from '../../../core/analysis/message.ts';
import { at } from '../../../core/model/assert.ts';

function said(text: string, origin: Message['origin'] = 'input'): Message {
  return { role: 'assistant', wireRole: undefined, origin, parts: [{ kind: 'text', text }] };
}

test('an answer and the same answer sent again have one key', () => {
  expect(messageKey(said('Yes.', 'output'))).toBe(messageKey(said('Yes.')));
  expect(messageKey(said('Yes.'))).not.toBe(messageKey(said('Yes!')));
});

test('where a piece ends counts, and who said it', () => {
  const parts = (...texts: string[]): Message => ({
    ...said(''),
    parts: texts.map((text) => ({ kind: 'text', text })),
  });
  expect(messageKey(parts('ab', 'c'))).not.toBe(messageKey(parts('a', 'bc')));
  expect(messageKey({ ...said('a'), role: 'user' })).not.toBe(messageKey(said('a')));
});

test('a call of the Responses API is the same as an output and as an input', () => {
  const call = { type: 'function_call', call_id: 'c1', name: 'lookup', arguments: '{"a":1}' };
  const output = readMessages({ response: { output: [call] } });
  const input = readMessages({ input: [call] });
  expect(messageKey(at(output, 0))).toBe(messageKey(at(input, 0)));
});

test('megabytes make a short key', () => {
  expect(messageKey(said('x'.repeat(3_000_000))).length).toBeLessThan(60);
});
