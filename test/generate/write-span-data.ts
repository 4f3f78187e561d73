/** The `span_data` of a planned span as each SDK writes it, with texts made from the span's own seed. */
import type { Json, JsonObject } from '../../core/model/json.ts';
import { NO_USAGE, type PlannedSpan, type PlannedTrace } from './plan.ts';
import { Prng } from './prng.ts';
import { toldUsage } from './reported.ts';
import { makeText } from './words.ts';
import { writeChatUsage, writeResponsesUsage, writeRunUsage } from './write-usage.ts';

/** What the exporter sends when the span has ended. */
export function writeSpanData(trace: PlannedTrace, span: PlannedSpan): JsonObject {
  const prng = new Prng(span.seed);
  switch (span.kind) {
    case 'agent':
      return {
        ...{ type: 'agent', name: span.name ?? '', handoffs: span.handoffs ?? [], tools: span.tools ?? [] },
        output_type: trace.dialect === 'js' ? 'text' : 'str',
      };
    case 'generation':
      return writeGeneration(trace, span, prng);
    case 'response': {
      const usage = toldUsage(trace, span, 'items', true);
      return {
        type: 'response',
        response_id: span.error === undefined ? responseId(span) : null,
        ...(trace.dialect === 'python' && { usage: usage === undefined ? null : writeResponsesUsage(usage) }),
      };
    }
    case 'function':
      return writeFunction(trace, span, prng);
    case 'handoff':
      return { type: 'handoff', from_agent: span.agent ?? null, to_agent: span.target ?? null };
    case 'guardrail':
      return { type: 'guardrail', name: span.name ?? '', triggered: span.triggered ?? false };
    case 'mcp_tools':
      return { type: 'mcp_tools', server: span.name ?? null, result: span.tools ?? [] };
    case 'task':
    case 'turn':
      return { type: 'custom', name: span.kind, data: writeRunData(trace, span) };
    case 'transcription':
      return {
        ...{ type: 'transcription', input: { data: audio(prng, span.payloadBytes), format: 'pcm' } },
        ...{ output: makeText(prng, 200), model: span.model ?? null, model_config: {} },
      };
    case 'speech':
      return {
        ...{ type: 'speech', input: makeText(prng, 200) },
        ...{ output: { data: audio(prng, span.payloadBytes), format: 'pcm' }, model: span.model ?? null },
      };
    case 'speech_group':
      return { type: 'speech_group', input: makeText(prng, span.payloadBytes) };
    case 'custom':
      return {
        type: 'custom',
        name: span.name ?? '',
        data: { note: makeText(prng, span.payloadBytes), step: prng.int(1, 9) },
      };
  }
}

/** What a processor sees at the start: who and what, no result yet. */
export function writeStartData(trace: PlannedTrace, span: PlannedSpan): JsonObject {
  switch (span.kind) {
    case 'task':
    case 'turn':
      return { type: 'custom', name: span.kind, data: writeRunData(trace, { ...span, usage: undefined }) };
    case 'handoff':
      return { type: 'handoff', from_agent: span.agent ?? null };
    case 'guardrail':
      return { type: 'guardrail', name: span.name ?? '', triggered: false };
    case 'mcp_tools':
      return { type: 'mcp_tools', server: span.name ?? null };
    case 'response':
      return { type: 'response' };
    case 'generation':
    case 'transcription':
    case 'speech':
      return { type: span.kind, model: span.model ?? null };
    case 'agent':
      return { type: 'agent', name: span.name ?? '', handoffs: [], tools: [], output_type: 'text' };
    case 'custom':
      return { type: 'custom', name: span.name ?? '', data: {} };
    default:
      return { type: span.kind, ...(span.name !== undefined && { name: span.name }) };
  }
}

/** What only a processor sees of a response: all of it. */
export function writePrivateData(span: PlannedSpan): JsonObject | undefined {
  if (span.kind !== 'response') return undefined;
  const prng = new Prng(span.seed);
  const input = writeMessages(prng, span.payloadBytes * 0.7);
  if (span.error !== undefined) return { _input: input };
  return {
    _input: input,
    _response: {
      ...{ id: responseId(span), object: 'response', status: 'completed', model: span.model ?? null },
      output: [
        {
          ...{ type: 'message', role: 'assistant', status: 'completed' },
          content: [{ type: 'output_text', text: makeText(prng, span.payloadBytes * 0.3), annotations: [] }],
        },
      ],
      usage: span.usage === undefined ? null : writeResponsesUsage(span.usage),
    },
  };
}

function writeGeneration({ dialect }: PlannedTrace, span: PlannedSpan, prng: Prng): JsonObject {
  const input = writeMessages(prng, span.payloadBytes * 0.75);
  const message = { role: 'assistant', content: makeText(prng, span.payloadBytes * 0.25) };
  const start: JsonObject = { type: 'generation', model: span.model ?? null, input };
  if (span.error !== undefined) return { ...start, model_config: {} };
  if (dialect === 'python') {
    return {
      ...start,
      ...{ output: [message], model_config: { temperature: 0.7, top_p: null, base_url: 'http://127.0.0.1' } },
      usage: span.usage === undefined ? null : writeResponsesUsage(span.usage),
    };
  }
  const completion: JsonObject = {
    ...{ id: `chatcmpl-${prng.hex(16)}`, object: 'chat.completion', model: span.model ?? null },
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    ...(span.usage !== undefined && { usage: writeChatUsage(span.usage) }),
  };
  return { ...start, model_config: { temperature: 0.7 }, output: [completion] };
}

function writeMessages(prng: Prng, bytes: number): readonly Json[] {
  const earlier = prng.int(0, 3);
  const share = bytes / (earlier + 2);
  const messages: Json[] = [{ role: 'system', content: makeText(prng, share) }];
  for (let i = 0; i <= earlier; i++) {
    messages.push({ role: i % 2 === 0 ? 'user' : 'assistant', content: makeText(prng, share) });
  }
  return messages;
}

function writeFunction({ dialect }: PlannedTrace, span: PlannedSpan, prng: Prng): JsonObject {
  const input = JSON.stringify({ query: makeText(prng, span.payloadBytes * 0.3), limit: prng.int(1, 50) });
  const result = { status: 'ok', rows: prng.int(0, 99), text: makeText(prng, span.payloadBytes * 0.6) };
  return {
    ...{ type: 'function', name: span.name ?? '', input },
    output: span.error === undefined ? JSON.stringify(result) : 'An error occurred while running the tool.',
    ...(dialect === 'python' && { mcp_data: null }),
  };
}

function writeRunData(
  trace: PlannedTrace,
  span: Omit<PlannedSpan, 'usage'> & { readonly usage?: PlannedSpan['usage'] | undefined },
): JsonObject {
  const { usage: used = NO_USAGE } = span;
  const usage = used.input + used.output > 0 ? { usage: writeRunUsage(used) } : {};
  if (span.kind === 'task') return { sdk_span_type: 'task', name: trace.workflowName, ...usage };
  return { sdk_span_type: 'turn', turn: span.turn ?? 1, agent_name: span.agent ?? '', ...usage };
}

function responseId(span: PlannedSpan): string {
  return `resp_${span.id.slice(5)}`;
}

/** Base64 of nothing that anyone could hear. */
function audio(prng: Prng, bytes: number): string {
  return 'UklGRiQAAABXQVZF'.repeat(Math.ceil(bytes / 16)) + prng.hex(8);
}
