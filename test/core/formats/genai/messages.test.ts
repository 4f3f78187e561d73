/** The same talk as each convention writes it comes to the same messages. */
import { describe, expect, it } from 'vitest';
import type { AttributedSpan } from '../../../../core/formats/genai/attributed-span.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { readMessages } from '../../../../core/analysis/messages.ts';
import { convert } from './draw-span.ts';

const CALL = { id: 'c1', name: 'look', arguments: '{"q":1}' };
/** The same talk as each convention writes it: a system text, a question, a call, its result, an answer. */
const TALKS: readonly (readonly [string, JsonObject, AttributedSpan['events']?])[] = [
  [
    'OpenTelemetry since 1.37',
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be kind' }]),
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
        { role: 'assistant', parts: [{ type: 'tool_call', ...CALL }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'found' }] },
      ]),
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', parts: [{ type: 'text', content: 'Ho' }], finish_reason: 'stop' },
      ]),
    },
  ],
  [
    'OpenTelemetry until 1.36, as events',
    { 'gen_ai.operation.name': 'chat' },
    [
      { name: 'gen_ai.system.message', at: undefined, attributes: { content: 'Be kind' } },
      { name: 'gen_ai.user.message', at: undefined, attributes: { content: 'Hi' } },
      {
        name: 'gen_ai.assistant.message',
        at: undefined,
        attributes: {
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":1}' } }],
        },
      },
      { name: 'gen_ai.tool.message', at: undefined, attributes: { id: 'c1', content: 'found' } },
      {
        name: 'gen_ai.choice',
        at: undefined,
        attributes: { finish_reason: 'stop', message: '{"content":"Ho"}' },
      },
    ],
  ],
  [
    'OpenInference',
    {
      'openinference.span.kind': 'LLM',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be kind',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'Hi',
      'llm.input_messages.2.message.role': 'assistant',
      'llm.input_messages.2.message.tool_calls.0.tool_call.id': 'c1',
      'llm.input_messages.2.message.tool_calls.0.tool_call.function.name': 'look',
      'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"q":1}',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.tool_call_id': 'c1',
      'llm.input_messages.3.message.content': 'found',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'Ho',
    },
  ],
  [
    'OpenLLMetry',
    {
      'llm.request.type': 'chat',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be kind',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': '[{"type":"text","text":"Hi"}]',
      'gen_ai.prompt.2.role': 'assistant',
      'gen_ai.prompt.2.tool_calls.0.id': 'c1',
      'gen_ai.prompt.2.tool_calls.0.name': 'look',
      'gen_ai.prompt.2.tool_calls.0.arguments': '{"q":1}',
      'gen_ai.prompt.3.role': 'tool',
      'gen_ai.prompt.3.tool_call_id': 'c1',
      'gen_ai.prompt.3.content': 'found',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'Ho',
      'gen_ai.completion.0.finish_reason': 'stop',
    },
  ],
  [
    'the Vercel AI SDK',
    {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.prompt.messages': JSON.stringify([
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'look', args: '{"q":1}' }],
        },
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'look', result: 'found' }],
        },
      ]),
      'ai.response.text': 'Ho',
    },
  ],
];

describe('messages', () => {
  for (const [convention, attributes, events = []] of TALKS) {
    it(`are the same from ${convention}`, () => {
      const { data } = convert(attributes, { events });
      const told = readMessages(data).map(({ role, origin, parts }) => [
        origin,
        role,
        ...parts.map((part) =>
          part.kind === 'text'
            ? part.text
            : part.kind === 'tool-call'
              ? [part.name, part.callId, part.input]
              : part.kind === 'tool-result'
                ? [part.name, part.callId, part.output]
                : part,
        ),
      ]);
      expect(told).toEqual([
        ['input', 'system', 'Be kind'],
        ['input', 'user', 'Hi'],
        ['input', 'assistant', ['look', 'c1', '{"q":1}']],
        ['input', 'tool', ['look', 'c1', 'found']],
        ['output', 'assistant', 'Ho'],
      ]);
    });
  }

  it('keep what a model thought', () => {
    const parts = [
      { type: 'reasoning', content: 'Hm' },
      { type: 'text', content: 'Ho' },
    ];
    const { data } = convert({
      'gen_ai.operation.name': 'chat',
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts }]),
    });
    expect(readMessages(data)[0]?.parts.map(({ kind }) => kind)).toEqual(['reasoning', 'text']);
  });
});
