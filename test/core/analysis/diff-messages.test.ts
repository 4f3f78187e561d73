import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffMessages } from '../../../core/analysis/diff-messages.ts';
import type { Message, MessageRole } from '../../../core/analysis/message.ts';

function say(text: string, role: MessageRole = 'user'): Message {
  return { role, wireRole: undefined, origin: 'input', parts: [{ kind: 'text', text }] };
}

function textOf(message: Message): string {
  return message.parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join('');
}

function words(before: string, after: string): readonly string[] {
  const read = (text: string): readonly Message[] => Array.from(text, (letter) => say(letter));
  return diffMessages(read(before), read(after)).map((change) => {
    if (change.kind === 'same') return change.messages.map(textOf).join('');
    if (change.kind === 'changed') return `${textOf(change.before)}→${textOf(change.after)}`;
    return `${change.kind === 'added' ? '+' : '−'}${textOf(change.message)}`;
  });
}

test('a context that only grew is the same messages and those that came', () => {
  expect(words('ABC', 'ABCDE')).toEqual(['ABC', '+D', '+E']);
  expect(words('', 'A')).toEqual(['+A']);
  expect(words('A', 'A')).toEqual(['A']);
});

test('what was cut out of the middle is told where it stood', () => {
  expect(words('ABCDE', 'ADE')).toEqual(['A', '−B', '−C', 'DE']);
});

test('a message in the place of another of its role was changed', () => {
  expect(words('ABC', 'AXC')).toEqual(['A', 'B→X', 'C']);
  const changes = diffMessages([say('A', 'system')], [say('A', 'user')]);
  expect(changes.map(({ kind }) => kind)).toEqual(['added', 'removed']);
});

test('both sides can be told from the changes', () => {
  const texts = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D'), maxLength: 12 });
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const steps = words(before, after);
      const old = steps.map((step) => (step.startsWith('+') ? '' : (step.split('→')[0] ?? '')));
      const now = steps.map((step) => (step.startsWith('−') ? '' : (step.split('→').at(-1) ?? '')));
      expect(old.join('').replaceAll('−', '')).toBe(before);
      expect(now.join('').replaceAll('+', '')).toBe(after);
    }),
  );
});
