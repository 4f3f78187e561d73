/** What went into a span and what came out, from whichever convention said it: the left of the fall-backs wins. */
import { isJsonObject, ownAt, type Json } from '../../model/json.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { readIndexed } from './indexed-attributes.ts';
import { isMessageEvent, listOf, readMessageEvents, systemOf, type GenaiEvent } from './message-events.ts';
import { toMessages, toToolCall } from './message-shapes.ts';

export type SpanContent = Readonly<Record<'input' | 'output', Json | undefined>>;

/** The messages of a model call. */
export function readCallContent(attributes: Attributes, span: AttributedSpan): SpanContent {
  const listed = listedEvents(attributes);
  const events = readMessageEvents([
    ...span.events
      .filter(({ name }) => isMessageEvent(name))
      .map(({ name, attributes: body }) => ({ name, body })),
    ...listed,
  ]);
  return {
    input: readInput(attributes) ?? someOf(events.input) ?? toMessages(attributes.json(...LAST_INPUTS)),
    output: readOutput(attributes) ?? someOf(events.output) ?? toMessages(attributes.json(...LAST_OUTPUTS)),
  };
}

const LAST_INPUTS = ['request_data', 'raw_input', 'input'] as const;
const LAST_OUTPUTS = ['response_data', 'response', 'output'] as const;

function readInput(attributes: Attributes): Json | undefined {
  const genai = toMessages(attributes.json('gen_ai.input.messages'));
  const system = systemOf(attributes);
  return (
    toMessages(attributes.json('langfuse.observation.input')) ??
    (genai === undefined ? undefined : [...system, ...listOf(genai)]) ??
    toMessages(readIndexed(attributes, 'llm.input_messages.')) ??
    toMessages(readIndexed(attributes, 'gen_ai.prompt.')) ??
    toMessages(
      attributes.json(
        'ai.prompt.messages',
        'ai.prompt',
        'gen_ai.prompt',
        'pydantic_ai.all_messages',
        'all_messages_events',
        'mlflow.spanInputs',
        'traceloop.entity.input',
        'lmnr.span.input',
        'input.value',
        'gcp.vertex.agent.llm_request',
      ),
    )
  );
}

function readOutput(attributes: Attributes): Json | undefined {
  return (
    toMessages(attributes.json('langfuse.observation.output')) ??
    toMessages(attributes.json('gen_ai.output.messages')) ??
    toMessages(readIndexed(attributes, 'llm.output_messages.')) ??
    toMessages(readIndexed(attributes, 'gen_ai.completion.')) ??
    readVercelOutput(attributes) ??
    toMessages(
      attributes.json(
        'ai.response.object',
        'ai.result.object',
        'gen_ai.completion',
        'final_result',
        'mlflow.spanOutputs',
        'traceloop.entity.output',
        'lmnr.span.output',
        'output.value',
        'gcp.vertex.agent.llm_response',
      ),
    )
  );
}

function readVercelOutput(attributes: Attributes): Json | undefined {
  const text = attributes.text('ai.response.text', 'ai.result.text');
  const calls = attributes.json('ai.response.toolCalls', 'ai.result.toolCalls');
  const thought = attributes.text('ai.response.reasoning');
  if (text === undefined && calls === undefined) return undefined;
  const toolCalls = listOf(calls).flatMap((call) => (isJsonObject(call) ? [toToolCall(call)] : []));
  return [
    {
      role: 'assistant',
      ...(thought !== undefined && { reasoning_content: thought }),
      ...(text !== undefined && { content: text }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    },
  ];
}

/** Logfire and Pydantic AI keep the events of a span as JSON in one attribute. */
function listedEvents(attributes: Attributes): readonly GenaiEvent[] {
  const events = listOf(attributes.json('events')).flatMap((event): GenaiEvent[] => {
    const name = isJsonObject(event) ? ownAt(event, 'event.name') : undefined;
    return isJsonObject(event) && typeof name === 'string' ? [{ name, body: event }] : [];
  });
  return attributes.has('response_id') ? markAnswers(events) : events;
}

/** Logfire lists what the Responses API answered behind what it was asked, as messages of the assistant too. */
function markAnswers(events: readonly GenaiEvent[]): readonly GenaiEvent[] {
  if (events.some(({ name }) => name === 'gen_ai.choice')) return events;
  const asked = events.findLastIndex(({ name }) => name !== 'gen_ai.assistant.message') + 1;
  return events.map(({ name, body }, i) => ({ name: i < asked ? name : 'gen_ai.choice', body }));
}

function someOf(list: readonly Json[]): Json | undefined {
  return list.length === 0 ? undefined : list;
}

/** What a tool was given and gave back, as it stands. */
export function readToolContent(attributes: Attributes): SpanContent {
  return {
    input: attributes.first(
      'gen_ai.tool.call.arguments',
      'ai.toolCall.args',
      'tool_arguments',
      'gcp.vertex.agent.tool_call_args',
      ...PLAIN_INPUTS,
      'tool.parameters',
    ),
    output: attributes.first(
      'gen_ai.tool.call.result',
      'ai.toolCall.result',
      'tool_response',
      'gcp.vertex.agent.tool_response',
      'tool.result',
      ...PLAIN_OUTPUTS,
    ),
  };
}

/** What any other span was given and gave back: word for word, so that no long text is kept twice. */
export function readPlainContent(attributes: Attributes): SpanContent {
  return {
    input: attributes.first('gen_ai.input.messages', ...PLAIN_INPUTS),
    output: attributes.first('gen_ai.output.messages', ...PLAIN_OUTPUTS),
  };
}

const PLAIN_INPUTS = [
  'langfuse.observation.input',
  'gen_ai.retrieval.query.text',
  'ai.prompt.messages',
  'ai.prompt',
  'pydantic_ai.all_messages',
  'mlflow.spanInputs',
  'traceloop.entity.input',
  'lmnr.span.input',
  'agentops.entity.input',
  'input.value',
  'gen_ai.prompt',
  'gen_ai.guardrail.input',
  'gcp.vertex.agent.data',
  'input',
] as const;

const PLAIN_OUTPUTS = [
  'langfuse.observation.output',
  'gen_ai.retrieval.documents',
  'ai.response.text',
  'ai.response.object',
  'final_result',
  'mlflow.spanOutputs',
  'traceloop.entity.output',
  'lmnr.span.output',
  'agentops.entity.output',
  'output.value',
  'gen_ai.completion',
  'gen_ai.guardrail.output',
  'output',
] as const;
