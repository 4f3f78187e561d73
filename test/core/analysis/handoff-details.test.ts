import { expect, test } from 'vitest';
import { describeInput, findHandoffReason } from '../../../core/analysis/handoff-details.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import type { Message } from '../../../core/analysis/message.ts';

function calls(...named: readonly (readonly [string, string])[]): readonly Message[] {
  const tool_calls = named.map(([name, args], i) => ({
    id: `c${String(i)}`,
    function: { name, arguments: args },
  }));
  return readMessages({ output: [{ role: 'assistant', content: null, tool_calls }] });
}

test('the tool call that names the agent is the reason, with its arguments in a line', () => {
  const messages = calls(
    ['lookup', '{"id":1}'],
    ['transfer_to_billing_agent', '{"reason":"card declined","amount":42}'],
    ['transfer_to_refunds', '{}'],
  );
  expect(findHandoffReason(messages, 'Billing agent')).toMatchObject({
    tool: 'transfer_to_billing_agent',
    callId: 'c1',
    text: 'reason: card declined, amount: 42',
  });
});

test('a transfer by another name counts where none names the agent; another tool never does', () => {
  expect(findHandoffReason(calls(['handoff', '{"to":"B"}']), 'Billing')?.tool).toBe('handoff');
  expect(findHandoffReason(calls(['lookup', '{}']), 'Billing')).toBeUndefined();
  expect(findHandoffReason([], undefined)).toBeUndefined();
});

test('arguments that are no JSON stay words, and none are none', () => {
  expect(findHandoffReason(calls(['transfer_to_b', 'because']), 'B')?.text).toBe('because');
  expect(findHandoffReason(calls(['transfer_to_b', '']), 'B')?.text).toBe('');
  expect(describeInput({ why: { deep: [1] } })).toBe('why: {"deep":[1]}');
});
