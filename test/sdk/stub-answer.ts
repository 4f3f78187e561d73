/** A scripted answer of the model, in the four shapes that OpenAI's two interfaces send it. */
import type { JsonObject } from '../../core/model/json.ts';

/** What the model says: text, or calls of tools. */
export interface StubAnswer {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly input: JsonObject }[];
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The body of `POST /responses`. */
export function writeResponse(answer: StubAnswer, model: string, number: number): JsonObject {
  return {
    ...{ id: `resp_${number}`, object: 'response', created_at: 1_767_225_600, status: 'completed', model },
    ...{ error: null, incomplete_details: null, instructions: null, metadata: {}, parallel_tool_calls: true },
    output: outputItems(answer, number),
    usage: {
      input_tokens: answer.inputTokens,
      output_tokens: answer.outputTokens,
      total_tokens: answer.inputTokens + answer.outputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

/** The events of a streamed `POST /responses`. */
export function writeResponseEvents(
  answer: StubAnswer,
  model: string,
  number: number,
): readonly JsonObject[] {
  const response = writeResponse(answer, model, number);
  const place = { item_id: `msg_${number}`, output_index: 0, content_index: 0 };
  const deltas = (answer.text?.match(/\S+\s*/g) ?? []).map((delta) => ({
    ...{ type: 'response.output_text.delta', delta, ...place },
  }));
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    ...deltas,
    { type: 'response.completed', response },
  ];
}

/** The body of `POST /chat/completions`. */
export function writeCompletion(answer: StubAnswer, model: string, number: number): JsonObject {
  const toolCalls = toolCallsOf(answer, number);
  return {
    ...{ id: `chatcmpl-${number}`, object: 'chat.completion', created: 1_767_225_600, model },
    choices: [
      {
        index: 0,
        message: {
          ...{ role: 'assistant', content: answer.text ?? null, refusal: null },
          ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
        },
        ...{ logprobs: null, finish_reason: toolCalls.length > 0 ? 'tool_calls' : 'stop' },
      },
    ],
    usage: chatUsage(answer),
  };
}

/** The chunks of a streamed `POST /chat/completions`. */
export function writeCompletionChunks(
  answer: StubAnswer,
  model: string,
  number: number,
): readonly JsonObject[] {
  const head = { id: `chatcmpl-${number}`, object: 'chat.completion.chunk', created: 1_767_225_600, model };
  const chunk = (delta: JsonObject, finish: string | null = null): JsonObject => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const calls = toolCallsOf(answer, number).map((call, index) => chunk({ tool_calls: [{ index, ...call }] }));
  return [
    chunk({ role: 'assistant', content: '' }),
    ...(answer.text?.match(/\S+\s*/g) ?? []).map((content) => chunk({ content })),
    ...calls,
    chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
    { ...head, choices: [], usage: chatUsage(answer) },
  ];
}

function outputItems(answer: StubAnswer, number: number): readonly JsonObject[] {
  const calls = (answer.calls ?? []).map(({ name, input }, i) => ({
    ...{
      type: 'function_call',
      id: `fc_${number}_${i}`,
      call_id: `call_${number}_${i}`,
      status: 'completed',
    },
    ...{ name, arguments: JSON.stringify(input) },
  }));
  if (answer.text === undefined) return calls;
  const content = [{ type: 'output_text', text: answer.text, annotations: [] }];
  return [
    { type: 'message', id: `msg_${number}`, role: 'assistant', status: 'completed', content },
    ...calls,
  ];
}

function toolCallsOf(answer: StubAnswer, number: number): readonly JsonObject[] {
  return (answer.calls ?? []).map(({ name, input }, i) => ({
    id: `call_${number}_${i}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
}

function chatUsage({ inputTokens, outputTokens }: StubAnswer): JsonObject {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}
