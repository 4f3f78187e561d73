import { expect, test } from 'vitest';
import { toMessages } from '../../../../core/formats/genai/message-shapes.ts';
import { isToldTool, readToldTools } from '../../../../core/formats/genai/told-tools.ts';

const DEFINITION = { type: 'function', function: { name: 'search', parameters: {} } };
const SAID = [
  { role: 'user', content: 'Find it.' },
  { role: 'tool', content: '[]', tool_call_id: 'call_1' },
  { role: 'tool', content: DEFINITION },
];

test('definitions of tools among messages are no results of tools', () => {
  expect(SAID.map(isToldTool)).toEqual([false, false, true]);
  expect(readToldTools(SAID)).toEqual([DEFINITION]);
  expect(toMessages(SAID)).toEqual(SAID.slice(0, 2));
});

test('a result that is an object, and one that answers a call, stay results', () => {
  const results = [
    { role: 'tool', content: { type: 'function', answer: 1 } },
    { role: 'tool', content: DEFINITION, tool_call_id: 'call_1' },
  ];
  expect(results.some(isToldTool)).toBe(false);
  expect(readToldTools(results)).toBeUndefined();
});
