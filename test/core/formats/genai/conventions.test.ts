/** What the attributes of each convention come to: kind and rule, handoffs, usage, what is kept. */
import { describe, expect, it } from 'vitest';
import { objectAt, stringAt, type Json, type JsonObject } from '../../../../core/model/json.ts';
import { convert, type Drawn } from './draw-span.ts';

/** `kind`, or `kind(subkind)`, and the rule that found it. */
function kindOf(attributes: JsonObject, drawn?: Drawn): string {
  const { data, origin } = convert(attributes, drawn);
  const inner = objectAt(data, 'data') ?? data;
  const subkind = typeof inner['subkind'] === 'string' ? `(${inner['subkind']})` : '';
  const sdk = typeof inner['sdk_span_type'] === 'string' ? `(${inner['sdk_span_type']})` : '';
  return `${JSON.stringify(origin['rule'])} ${stringAt(data, 'type') ?? ''}${subkind}${sdk}`;
}

const RULES: readonly (readonly [string, JsonObject, Drawn?])[] = [
  ['1 handoff', { 'gen_ai.operation.name': 'handoff' }],
  ['2 handoff', { from_agent: 'A', to_agent: 'B' }],
  [
    '3 handoff',
    { 'openinference.span.kind': 'TOOL' },
    { name: 'handoff to B', scope: 'openinference.instrumentation.openai_agents' },
  ],
  [
    '3 handoff',
    { 'openinference.span.kind': 'TOOL', 'tool.name': 'handoff_to_B' },
    { scope: 'openinference-instrumentation-openai-agents' },
  ],
  [
    '4 handoff',
    { 'logfire.msg_template': 'Handoff: {from_agent} → {to_agent}', from_agent: 'A', to_agent: 'B' },
  ],
  ['6 mcp_tools', { 'mcp.method.name': 'tools/list' }],
  ['7 function', { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'x' }],
  ['8 agent', { 'openinference.span.kind': 'AGENT' }],
  ['8 generation', { 'openinference.span.kind': 'LLM', 'gen_ai.operation.name': 'execute_tool' }],
  ['8 generation(embedding)', { 'openinference.span.kind': 'EMBEDDING' }],
  ['8 custom(reranker)', { 'openinference.span.kind': 'RERANKER' }],
  ['9 function', { 'langfuse.observation.type': 'tool' }],
  ['23 generation', { 'langfuse.observation.type': 'span', 'gen_ai.request.model': 'm' }],
  ['10 generation', { 'gen_ai.operation.name': 'chat' }],
  ['10 custom(memory)', { 'gen_ai.operation.name': 'search_memory' }],
  ['10 agent', { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.agent.name': 'W' }],
  [
    '10 custom(workflow)',
    { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.agent.name': 'W' },
    { parentId: 'p' },
  ],
  ['11 generation', { 'mlflow.spanType': '"LLM"' }],
  ['12 agent', { 'langsmith.span.kind': 'chain', 'langsmith.metadata.lc_agent_name': 'x' }],
  ['13 custom(workflow)', { 'traceloop.span.kind': 'workflow' }],
  ['14 generation', { 'llm.request.type': 'chat' }],
  ['15 generation', { 'operation.name': 'ai.streamText.doStream my-function' }],
  ['15 agent', { 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'f' }],
  ['15 custom(chain)', { 'ai.operationId': 'ai.generateText' }],
  ['16 custom(chain)', { 'agentops.span.kind': 'agent.thinking' }],
  ['17 custom(evaluator)', { 'lmnr.span.type': 'EVALUATION' }],
  ['18 custom(turn)', { 'logfire.msg_template': 'Turn {turn} for agent {agent_name!r}', turn: 2 }],
  ['19 agent', { agent_name: 'x' }, { name: 'agent run' }],
  ['20 generation', { 'gcp.vertex.agent.invocation_id': 'x' }, { name: 'call_llm' }],
  ['21 function', { 'genkit:metadata:subtype': 'tool.v2' }],
  ['22 function', { 'gen_ai.tool.name': 'x' }],
  ['25 custom(unknown)', { other: 1 }],
  ['24 guardrail', {}, { name: 'PII guardrail' }],
  ['25 custom(http)', { 'http.request.method': 'GET', 'gen_ai.tool.call.id': 'c' }],
  ['25 custom(retriever)', { 'db.vector.query.top_k': 3 }],
  ['26 custom(unknown_genai)', { 'gen_ai.tool.call.id': 'c' }],
];

describe('the kind rules', () => {
  for (const [expected, attributes, drawn] of RULES) {
    it(`find ${expected} in ${Object.keys(attributes).join(', ') || (drawn?.name ?? '')}`, () => {
      expect(kindOf(attributes, drawn)).toBe(expected);
    });
  }
});

const handoff = { type: 'handoff', from_agent: 'A', to_agent: 'B' };

const BOTH_ENDS: readonly (readonly [string, JsonObject, Drawn?])[] = [
  ['attributes', { 'gen_ai.handoff.from_agent': 'A', 'gen_ai.handoff.to_agent': 'B' }],
  ['the name', { 'traceloop.span.kind': 'handoff' }, { name: 'A → B.handoff' }],
  [
    'plain values',
    { 'openinference.span.kind': 'TOOL', 'input.value': 'A', 'output.value': 'B' },
    { name: 'handoff to B', scope: 'openai_agents' },
  ],
  [
    'JSON values',
    {
      'openinference.span.kind': 'TOOL',
      'tool.name': 'handoff_to_B',
      'input.value': '{"from_agent":"A"}',
      'output.value': '{"to_agent":"B"}',
    },
    { scope: 'openai-agents' },
  ],
];

describe('handoffs', () => {
  for (const [where, attributes, drawn] of BOTH_ENDS) {
    it(`know both ends from ${where}`, () => {
      expect(convert(attributes, drawn).data).toEqual(handoff);
    });
  }

  it('leave an end unknown that nobody says', () => {
    const { data } = convert(
      { 'openinference.span.kind': 'TOOL' },
      { name: 'handoff to B', scope: 'openai_agents' },
    );
    expect(data).toEqual({ type: 'handoff', to_agent: 'B' });
  });

  it('name whom a tool passes to', () => {
    const args = {
      'gen_ai.tool.name': 'transfer_to_agent',
      'gcp.vertex.agent.tool_call_args': '{"agent_name":"B"}',
    };
    expect(convert(args).data).toMatchObject({ type: 'function', passes_to: 'B' });
  });
});

describe('usage', () => {
  const usageOf = (attributes: JsonObject): Json | undefined =>
    convert({ 'openinference.span.kind': 'LLM', ...attributes }).data['usage'];

  it('adds to the input what an emitter counted beside it, and says why', () => {
    // prompt 3, read 7,917, write 350, completion 442, total 8,712: an observed Bedrock call.
    const attributes = {
      'llm.token_count.prompt': 3,
      'llm.token_count.completion': 442,
      'llm.token_count.total': 8712,
      'llm.token_count.prompt_details.cache_read': 7917,
      'llm.token_count.prompt_details.cache_write': 350,
    };
    expect(usageOf(attributes)).toEqual({
      input_tokens: 8270,
      output_tokens: 442,
      total_tokens: 8712,
      input_tokens_details: { cached_tokens: 7917, cache_write_tokens: 350 },
    });
    expect(convert({ 'openinference.span.kind': 'LLM', ...attributes }).origin['accounting']).toEqual({
      mode: 'exclusive',
      reason: 'the total is input, cache and output',
    });
  });

  it('leaves an inclusive input as it is', () => {
    expect(
      usageOf({
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': '5',
        'gen_ai.usage.cache_read.input_tokens': 80,
      }),
    ).toMatchObject({
      input_tokens: 100,
      total_tokens: 105,
    });
  });

  it('is unknown where nothing says it', () => {
    expect(usageOf({})).toBeUndefined();
  });

  it('of an agent is an aggregate, which no sum reads', () => {
    const { data } = convert({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 9 });
    expect(data).toMatchObject({ type: 'agent', aggregate_usage: { input_tokens: 9 } });
    expect(data['usage']).toBeUndefined();
  });
});

describe('what is kept', () => {
  it('keeps every attribute, long texts once, and names those that no rule understood', () => {
    const long = 'x'.repeat(500);
    const { origin, unread } = convert({
      'openinference.span.kind': 'TOOL',
      'tool.name': 't',
      'input.value': long,
      mine: 1,
    });
    expect(origin).toMatchObject({
      source: 'openinference',
      attributes: { 'openinference.span.kind': 'TOOL', 'tool.name': 't', mine: 1 },
      moved: { 'input.value': ['input'] },
    });
    expect(unread).toEqual(['mine']);
  });

  it('does not break on hostile attributes', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const { data } = convert({
      'gen_ai.operation.name': 'chat',
      'gen_ai.input.messages': deep,
      ['__proto__.x']: 1,
      'llm.input_messages.__proto__.polluted': 'y',
    });
    expect(data['input']).toEqual([deep]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
