/** What the real Python instrumentations write that no specification says: seen by running them (`test/formats-made`). */
import { describe, expect, it } from 'vitest';
import type { AttributedSpan } from '../../../../core/formats/genai/attributed-span.ts';
import { settlePending } from '../../../../core/formats/genai/pending-span.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { convert } from './draw-span.ts';

describe('Logfire', () => {
  const run = (template: string, more: JsonObject): JsonObject =>
    convert({ 'logfire.msg_template': template, ...more }, { name: template, scope: 'logfire.openai_agents' })
      .data;

  it('names its spans by a template, and what they are called beside it', () => {
    expect(run('Agent run: {name!r}', { name: 'Triage' })).toMatchObject({ type: 'agent', name: 'Triage' });
    expect(run('Function: {name}', { name: 'look_up' })).toMatchObject({ type: 'function', name: 'look_up' });
    expect(run('OpenAI Agents trace: {name}', { name: 'Desk' })).toMatchObject({
      type: 'custom',
      name: 'Desk',
    });
    // A span of a program's own may have any field of that name.
    expect(run('Hello {name}', { name: 'Bob' })).toMatchObject({ name: 'Hello {name}' });
  });

  it('lists what the Responses API answered behind what it was asked', () => {
    const events = [
      { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Köln?' },
      { 'event.name': 'gen_ai.assistant.message', role: 'assistant', content: '3 °C' },
    ];
    const usage = { input_tokens: 40, output_tokens: 4, input_tokens_details: { cached_tokens: 7 } };
    const answered = {
      'gen_ai.operation.name': 'chat',
      response_id: 'r-1',
      events: JSON.stringify(events),
      usage: JSON.stringify(usage),
    };
    expect(run('Responses API with {gen_ai.request.model!r}', answered)).toMatchObject({
      input: [{ role: 'user', content: 'Köln?' }],
      output: [{ role: 'assistant', content: '3 °C' }],
      usage: { input_tokens: 40, output_tokens: 4, input_tokens_details: { cached_tokens: 7 } },
    });
  });

  it('marks the start of a span by a span below it, which is an open report of that one', () => {
    const time = { us: 1, restNs: 0 };
    const mark: AttributedSpan = {
      ...{ traceId: 't', spanId: 'mark', parentId: 's', name: 'x', start: time, end: time },
      ...{
        events: [],
        links: [],
        kind: undefined,
        scope: { name: '', version: '' },
        resource: {},
        extra: {},
      },
      status: { code: 'unset', message: '' },
      attributes: { 'logfire.span_type': 'pending_span' },
    };
    const above = { ...mark.attributes, 'logfire.pending_parent_id': 'p' };
    const none = { ...mark.attributes, 'logfire.pending_parent_id': '0000000000000000' };
    expect(settlePending({ ...mark, attributes: above })).toMatchObject({
      ...{ spanId: 's', parentId: 'p', end: undefined },
    });
    expect(settlePending({ ...mark, attributes: none }).parentId).toBeUndefined();
    const ended = { ...mark, attributes: { 'logfire.span_type': 'span' } };
    expect(settlePending(ended)).toBe(ended);
  });
});

describe('OpenLLMetry', () => {
  it('writes `unknown` for whom a handoff leads to, and for a model that LangChain does not name', () => {
    const handoff = convert({ 'traceloop.span.kind': 'handoff' }, { name: 'Triage → unknown.handoff' });
    expect(handoff.data).toEqual({ type: 'handoff', from_agent: 'Triage' });
    const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'unknown' };
    expect(convert(call).data['model']).toBeUndefined();
    expect(convert({ ...call, 'gen_ai.request.model': 'gpt-5' }).data['model']).toBe('gpt-5');
  });

  it("has a span for LangGraph's step to another node, which is an inferred handoff", () => {
    const step = {
      'gen_ai.operation.name': 'goto',
      'langgraph.command.source_node': 'triage',
      'langgraph.command.goto_node': 'billing',
    };
    const { data, origin } = convert(step, { name: 'goto billing' });
    expect(data).toEqual({ type: 'handoff', from_agent: 'triage', to_agent: 'billing' });
    expect(origin).toMatchObject({ rule: 5, inferred: true });
  });
});

describe('MLflow', () => {
  it('numbers the calls of a function until 3.5, which is no part of the name of a tool', () => {
    const tool = { 'mlflow.spanType': '"TOOL"', 'mlflow.spanFunctionName': '"look_up"' };
    expect(convert(tool, { name: 'look_up_2' }).data['name']).toBe('look_up');
    expect(convert(tool, { name: 'Search 2' }).data['name']).toBe('Search 2');
  });
});
