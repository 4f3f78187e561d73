/** Every row of the guide's names of traces and spans: once as the guide spells it, once as the SDK does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as tracing from '../../../clients/tracing/index.ts';

const {
  agentSpan,
  createAgentSpan,
  customSpan,
  functionSpan,
  generationSpan,
  guardrailSpan,
  handoffSpan,
  mcpToolsSpan,
  responseSpan,
  toolSpan,
  trace,
} = tracing;

beforeEach(() => {
  tracing.setTraceProcessors([new tracing.CollectorProcessor()]);
});
afterEach(() => {
  tracing.setTraceProcessors([]);
});

/** The exported data of the one span that `make` makes inside a trace. */
function dataOf(make: () => unknown): unknown {
  return trace('names', (running) => {
    make();
    return running;
  }).spans[0]?.toJSON()?.span_data;
}

describe('a trace', () => {
  it('is read as id and traceId', () => {
    const made = trace({ trace_id: 'custom-trace-id' }, (running) => running);
    expect([made.id, made.traceId, made.trace_id]).toEqual([
      'custom-trace-id',
      'custom-trace-id',
      'custom-trace-id',
    ]);
  });

  it('is named by workflow_name, workflowName and name', () => {
    for (const options of [{ workflow_name: 'W' }, { workflowName: 'W' }, { name: 'W' }]) {
      const made = trace(options, (running) => running);
      expect([made.workflow_name, made.workflowName, made.name]).toEqual(['W', 'W', 'W']);
      expect(made.toJSON()?.workflow_name).toBe('W');
    }
  });

  it('has a group and metadata, where null is an empty object', () => {
    const made = trace({ group_id: 'g', trace_metadata: { a: 1 } }, (running) => running);
    expect([made.groupId, made.group_id, made.metadata]).toEqual(['g', 'g', { a: 1 }]);
    expect(trace({ groupId: 'g', metadata: null }, (running) => running).metadata).toEqual({});
  });

  it('has its spans, its state and its duration', () => {
    const made = trace('W', (running) => {
      expect(running.state).toBe('in_progress');
      agentSpan('A', () => 1);
      return running;
    });
    expect(made.spans.map((span) => span.name)).toEqual(['A']);
    expect([made.state, made.status]).toEqual(['completed', 'completed']);
    expect(made.duration).toBeGreaterThanOrEqual(0);
  });
});

describe('a span', () => {
  const pair = (): [tracing.Span, tracing.Span] =>
    trace('W', () => agentSpan('A', (outer) => functionSpan('f', (inner) => [outer, inner])));

  it('has id and spanId, parent_id and parentId', () => {
    const [outer, inner] = pair();
    expect([inner.id, inner.span_id]).toEqual([inner.spanId, inner.spanId]);
    expect([inner.parent_id, inner.parentId]).toEqual([outer.spanId, outer.spanId]);
    expect([outer.parentId, inner.trace_id]).toEqual([null, inner.traceId]);
  });

  it('has a name that its data gives or suggests, and that can be set', () => {
    trace('W', () => {
      expect(handoffSpan({ fromAgent: 'A', toAgent: 'B' }, (span) => span.name)).toBe('Handoff A → B');
      expect(generationSpan({ model: 'gpt-5' }, (span) => span.name)).toBe('gpt-5');
      expect(responseSpan({}, (span) => span.name)).toBe('response');
      const span = createAgentSpan({ name: 'before' });
      span.name = 'after';
      expect([span.name, span.toJSON()?.span_data['name']]).toEqual(['after', 'after']);
    });
  });

  it('has start_time and startedAt, end_time and endedAt', () => {
    const [span] = pair();
    expect(span.startTime?.toISOString().slice(0, 23)).toBe(span.startedAt?.slice(0, 23));
    expect(span.start_time).toEqual(span.startTime);
    expect(span.end_time?.getTime()).toBeCloseTo(Date.parse(span.endedAt ?? ''), -1);
    expect([span.started_at, span.ended_at]).toEqual([span.startedAt, span.endedAt]);
  });

  it('has data and spanData, depth and duration', () => {
    const [outer, inner] = pair();
    expect(inner.data).toBe(inner.spanData);
    expect(inner.span_data).toBe(inner.spanData);
    expect([outer.depth, inner.depth]).toEqual([1, 2]);
    expect(inner.duration).toBeGreaterThanOrEqual(0);
  });

  it('takes an error by assignment and by setError', () => {
    const [outer, inner] = pair();
    outer.error = { message: 'm', data: { a: 1 } };
    inner.setError({ message: 'm', data: null });
    expect(outer.toJSON()?.error).toEqual({ message: 'm', data: { a: 1 } });
    expect(inner.error).toEqual({ message: 'm', data: null });
  });
});

describe('the data of a span', () => {
  it('of an agent takes an agent object, agent_name or name', () => {
    const agent = { name: 'A', tools: [{ name: 't' }], handoffs: [{ name: 'B' }, { agent: { name: 'C' } }] };
    const wire = { type: 'agent', name: 'A', tools: ['t'], handoffs: ['B', 'C'] };
    expect(dataOf(() => agentSpan({ agent }, () => 1))).toEqual(wire);
    expect(dataOf(() => agentSpan({ agent_name: 'A', tools: ['t'], handoffs: ['B', 'C'] }, () => 1))).toEqual(
      wire,
    );
    const sdk = { data: { name: 'A', tools: ['t'], handoffs: ['B', 'C'] } };
    expect(dataOf(() => tracing.withAgentSpan(() => 1, sdk))).toEqual(wire);
    const more = {
      name: 'A',
      outputType: 'text',
      instructions: 'Be kind',
      input_items: [1],
      outputItems: [2],
    };
    expect(dataOf(() => agentSpan(more, () => 1))).toEqual({
      ...{ type: 'agent', name: 'A', output_type: 'text', instructions: 'Be kind' },
      ...{ input_items: [1], output_items: [2] },
    });
  });

  it('of a generation takes model_name, input_items, system_instructions', () => {
    const wire = {
      type: 'generation',
      name: 'g',
      model: 'm',
      input: [1],
      output: [2],
      usage: { input_tokens: 1 },
    };
    const seed = {
      name: 'g',
      model_name: 'm',
      input_items: [1],
      output_items: [2],
      usage: { input_tokens: 1 },
    };
    expect(dataOf(() => generationSpan(seed, () => 1))).toEqual(wire);
    const sdk = { data: { name: 'g', model: 'm', input: [1], output: [2], usage: { input_tokens: 1 } } };
    expect(dataOf(() => tracing.withGenerationSpan(() => 1, sdk))).toEqual(wire);
    expect(
      dataOf(() => generationSpan({ systemInstructions: 's', modelConfig: { top_p: 1 } }, () => 1)),
    ).toEqual({
      ...{ type: 'generation', system_instructions: 's', model_config: { top_p: 1 } },
    });
    const data = new tracing.GenerationSpanData({ model: 'm', input: [1] });
    expect([data.model_name, data.modelName, data.input_items, data.inputItems]).toEqual([
      'm',
      'm',
      [1],
      [1],
    ]);
  });

  it('of a response keeps input and response for processors', () => {
    const made = trace('W', () =>
      responseSpan({ response_id: 'r', input: 'hi', response: { id: 'r' } }, (span) => span),
    );
    expect(made.toJSON()?.span_data).toEqual({ type: 'response', response_id: 'r' });
    expect([made.spanData._input, made.spanData.input, made.spanData.response]).toEqual([
      'hi',
      'hi',
      { id: 'r' },
    ]);
    expect(
      dataOf(() => tracing.withResponseSpan(() => 1, { data: { response_id: 'r', _input: 'hi' } })),
    ).toEqual({
      ...{ type: 'response', response_id: 'r' },
    });
  });

  it('of a function takes function_name, arguments, result', () => {
    const wire = { type: 'function', name: 'f', input: '{"a":1}', output: '{"b":2}' };
    const seed = { function_name: 'f', arguments: { a: 1 }, result: { b: 2 } };
    expect(dataOf(() => functionSpan(seed, () => 1))).toEqual(wire);
    const sdk = { data: { name: 'f', input: '{"a":1}', output: '{"b":2}' } };
    expect(dataOf(() => tracing.withFunctionSpan(() => 1, sdk))).toEqual(wire);
    const made = trace('W', () => functionSpan(seed, (span) => span));
    expect([made.spanData.functionName, made.spanData.arguments, made.spanData.output]).toEqual([
      'f',
      { a: 1 },
      { b: 2 },
    ]);
    expect(made.duration).toBeGreaterThanOrEqual(0);
  });

  it('of a tool is that of a function', () => {
    expect(dataOf(() => toolSpan('f', () => 1))).toEqual({ type: 'function', name: 'f' });
    expect(dataOf(() => tracing.withToolSpan(() => 1, { name: 'f' }))).toEqual({
      type: 'function',
      name: 'f',
    });
  });

  it('of a guardrail takes guardrail_name, guardrail_type, tripwire_triggered', () => {
    const seed = { guardrail_name: 'g', guardrail_type: 'input', input_data: 1, tripwire_triggered: true };
    const wire = { type: 'guardrail', name: 'g', guardrail_type: 'input', input_data: 1, triggered: true };
    expect(dataOf(() => guardrailSpan(seed, () => 1))).toEqual(wire);
    const sdk = { data: { name: 'g', triggered: false } };
    expect(dataOf(() => tracing.withGuardrailSpan(() => 1, sdk))).toEqual({ type: 'guardrail', ...sdk.data });
    expect(new tracing.GuardrailSpanData({ triggered: true }).tripwireTriggered).toBe(true);
  });

  it('of a handoff takes a name and from_agent, to_agent', () => {
    const wire = { type: 'handoff', name: 'h', from_agent: 'A', to_agent: 'B', arguments: 1, result: 2 };
    const seed = { name: 'h', from_agent: 'A', to_agent: 'B', arguments: 1, result: 2 };
    expect(dataOf(() => handoffSpan(seed, () => 1))).toEqual(wire);
    const sdk = { data: { from_agent: 'A', to_agent: 'B' } };
    expect(dataOf(() => tracing.withHandoffSpan(() => 1, sdk))).toEqual({ type: 'handoff', ...sdk.data });
  });

  it('of a custom span takes name and data, and further words', () => {
    const wire = { type: 'custom', name: 'c', data: { a: 1 } };
    expect(dataOf(() => customSpan({ name: 'c', data: { a: 1 } }, () => 1))).toEqual(wire);
    const sdk = { data: { name: 'c', data: { a: 1 } } };
    expect(dataOf(() => tracing.withCustomSpan(() => 1, sdk))).toEqual(wire);
    expect(dataOf(() => customSpan({ operation: 'c', a: 1 }, () => 1))).toEqual(wire);
    expect({ ...new tracing.CustomSpanData({ operation: 'c' }) }).toEqual({ type: 'custom', name: 'c' });
  });

  it('of MCP tools takes name and server', () => {
    const wire = { type: 'mcp_tools', server: 's', result: ['t'] };
    expect(dataOf(() => mcpToolsSpan({ name: 's', result: ['t'] }, () => 1))).toEqual(wire);
    const sdk = { data: { server: 's', result: ['t'] } };
    expect(dataOf(() => tracing.withMCPListToolsSpan(() => 1, sdk))).toEqual(wire);
    expect(new tracing.MCPListToolsSpanData({ server: 's' }).name).toBe('s');
  });

  it('of tasks and turns travels as custom spans', () => {
    const task = { sdk_span_type: 'task', name: 'W', usage: { input_tokens: 1 } };
    expect(dataOf(() => tracing.taskSpan({ name: 'W', usage: { input_tokens: 1 } }, () => 1))).toEqual({
      ...{ type: 'custom', name: 'task', data: task },
    });
    const turn = { sdk_span_type: 'turn', turn: 1, agent_name: 'A' };
    expect(dataOf(() => tracing.turnSpan({ turn: 1, agentName: 'A' }, () => 1))).toEqual({
      ...{ type: 'custom', name: 'turn', data: turn },
    });
  });

  it('of voice has all fields of the SDK', () => {
    const audio = { data: 'AA==', format: 'pcm' };
    expect(
      dataOf(() =>
        tracing.transcriptionSpan({ input: audio, output: 'hi', model: 'w', modelConfig: { a: 1 } }, () => 1),
      ),
    ).toEqual({ type: 'transcription', input: audio, output: 'hi', model: 'w', model_config: { a: 1 } });
    expect(
      dataOf(() =>
        tracing.speechSpan({ input: 'hi', output: audio, model: 't', firstContentAt: 'x' }, () => 1),
      ),
    ).toEqual({ type: 'speech', input: 'hi', output: audio, model: 't', first_content_at: 'x' });
    expect(dataOf(() => tracing.speechGroupSpan({ input: 'hi' }, () => 1))).toEqual({
      ...{ type: 'speech_group', input: 'hi' },
    });
  });
});
