/** Canaries in every place of a record: what is withheld must stand nowhere in what leaves. */
import { describe, expect, it } from 'vitest';
import { openaiAgents } from '../../../core/formats/openai-agents.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { SANITISE_RULES, type SanitiseRule } from '../../../core/sanitise/rules.ts';
import { Sanitiser } from '../../../core/sanitise/sanitiser.ts';

/** A text that stands nowhere by chance. */
const canary = (place: string): string => `canary of the ${place} that must not leave`;

function sanitiserWith(...rules: readonly SanitiseRule[]): Sanitiser {
  return new Sanitiser({
    rules: new Set(rules),
    makePseudonym: (kind, id) => `${kind.slice(0, -1)}-${id.length}`,
  });
}

const base = {
  object: 'trace.span',
  id: 's1',
  trace_id: 't1',
  parent_id: null,
  started_at: '2026-06-01T00:00:00.000000Z',
  ended_at: '2026-06-01T00:00:01.000000Z',
};

/** One record of each shape, each with a canary in every place that is not a name, a number or an address. */
const RECORDS: Readonly<Record<string, JsonObject>> = {
  generation: {
    ...base,
    span_data: {
      type: 'generation',
      model: 'gpt-5',
      input: [{ role: 'user', content: canary('input') }],
      output: [
        { model: 'gpt-5', usage: { prompt_tokens: 3, note: canary('usage') }, choices: canary('output') },
      ],
      model_config: { base_url: canary('config') },
      usage: { input_tokens: 3, output_tokens: 4, told: canary('usage') },
      surprise: { deep: [{ er: canary('unknown') }] },
      [canary('key')]: canary('key value'),
    },
    error: { message: `It said: ${canary('input')}`, data: { trace: canary('error') } },
    metadata: { who: canary('metadata') },
    tracing_api_key: canary('credential'),
  },
  response: {
    event: 'on_span_end',
    at: '2026-06-01T00:00:01.000000Z',
    raw_type: 'response',
    extra: canary('event'),
    item: { ...base, span_data: { type: 'response', response_id: 'resp_1' }, error: null },
    private_span_data: {
      _input: [{ role: 'user', content: canary('private input') }],
      _response: {
        id: 'resp_1',
        model: 'gpt-5',
        instructions: canary('instructions'),
        output: [{ type: 'message', content: [{ type: 'output_text', text: canary('private output') }] }],
        usage: { input_tokens: 5, output_tokens: 6 },
        metadata: { a: canary('response metadata') },
        tools: [{ name: 'lookup', type: 'function', description: canary('tool description') }],
        previous: canary('response field'),
      },
    },
  },
  function: {
    ...base,
    span_data: {
      type: 'function',
      name: 'lookup',
      input: JSON.stringify({ q: canary('argument') }),
      output: canary('result'),
      mcp_data: { server: canary('server data') },
    },
    error: { message: `failed on ${canary('argument')} (non-fatal)`, data: null },
  },
  custom: {
    ...base,
    span_data: {
      type: 'custom',
      name: 'step',
      data: { sdk_span_type: 'turn', turn: 1, anything: canary('data') },
    },
    error: null,
  },
  foreign: {
    ...base,
    span_data: { type: 'generation', input: canary('input'), output: canary('output') },
    error: { message: canary('error') },
    origin: {
      format: 'otlp',
      source: 'openinference',
      rule: 8,
      name: 'ChatOpenAI',
      attributes: {
        'gen_ai.request.model': 'gpt-5',
        'llm.token_count.prompt': 3,
        'input.value': canary('attribute'),
        'llm.input_messages.0.message.content': canary('flat message'),
      },
      moved: { 'output.value': ['output'] },
      events: [
        { name: 'exception', at: base.started_at, attributes: { 'exception.message': canary('event') } },
      ],
      links: [{ attributes: canary('link') }],
      logs: [{ name: 'gen_ai.user.message', body: { content: canary('log') } }],
      status: { code: 'error', message: canary('status') },
      types: { [canary('type key')]: 'double' },
      traceState: canary('trace state'),
      langfuse: { scores: canary('extra') },
    },
  },
  trace: {
    object: 'trace',
    id: 't1',
    workflow_name: 'Support',
    group_id: null,
    metadata: { who: canary('trace metadata') },
    origin: {
      format: 'otlp',
      resources: { r: { 'service.name': 'desk', 'host.name': canary('resource') } },
      eval: canary('eval'),
    },
    surprise: canary('trace field'),
  },
};

describe.each(Object.entries(RECORDS))('a %s record', (_, record) => {
  it('leaves without any of its canaries when all is withheld', () => {
    const left = JSON.stringify(sanitiserWith(...SANITISE_RULES).record(record));
    expect(left).not.toContain('canary');
  });

  it('keeps kind, times, names and counts', () => {
    const left = sanitiserWith(...SANITISE_RULES).record(record);
    expect(withoutMetadata(openaiAgents.readRecord(left))).toEqual(
      withoutMetadata(openaiAgents.readRecord(record)),
    );
  });

  it('stays as it is where nothing is withheld', () => {
    expect(sanitiserWith().record(record)).toEqual(record);
  });

  it('is the same when it is sanitised again, and nothing is counted twice', () => {
    const once = sanitiserWith(...SANITISE_RULES).record(record);
    const again = sanitiserWith(...SANITISE_RULES);
    expect(again.record(once)).toEqual(once);
    expect(again.tally.counts()).toEqual([]);
  });
});

function withoutMetadata(read: ReturnType<typeof openaiAgents.readRecord>): unknown {
  // These are made of the texts that go.
  const ofTexts = { errorClass: undefined, callDigest: undefined, resultDigest: undefined };
  if (read.kind === 'span') return { ...read, row: { ...read.row, ...ofTexts } };
  if (read.kind !== 'trace') return read;
  return { ...read, header: { ...read.header, metadata: undefined } };
}

describe('a rule on its own', () => {
  it('takes what it names and copies of that elsewhere in the record', () => {
    const sanitiser = sanitiserWith('inputs');
    const left = JSON.stringify(sanitiser.record(RECORDS['generation'] ?? {}));
    expect(left).not.toContain(canary('input'));
    expect(left).toContain(canary('output'));
    expect(left).toContain('It said: (withheld)');
    expect(sanitiser.tally.counts()).toContainEqual({ rule: 'copies', values: 2, records: 1 });
  });

  it('takes calls and results of tools out of the messages of models', () => {
    const record = {
      ...base,
      span_data: {
        type: 'generation',
        input: [
          { role: 'user', content: 'What is the weather?' },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'c', type: 'function', function: { name: 'weather', arguments: canary('call') } },
            ],
          },
          { role: 'tool', tool_call_id: 'c', content: canary('tool message') },
          { type: 'function_call_output', call_id: 'd', output: canary('call output') },
          { role: 'user', content: [{ type: 'tool_result', content: canary('tool result') }] },
        ],
      },
    };
    const left = JSON.stringify(sanitiserWith('tools').record(record));
    expect(left).not.toContain('canary');
    expect(left).toContain('What is the weather?');
    expect(left).toContain('"name":"weather"');
  });
});

describe('pseudonyms', () => {
  const ids = { ...base, metadata: { user_id: 'ada.lovelace', 'session.id': 'conversation-7' } };
  const told = {
    ...base,
    id: 's2',
    span_data: { type: 'custom', name: 'for ada.lovelace', data: { q: 'conversation-7!' } },
  };

  it('stand wherever the id stood, the same for the same id, so that joins survive', () => {
    const sanitiser = sanitiserWith('groups', 'users');
    sanitiser.learn(ids);
    sanitiser.learn(told);
    const left = JSON.stringify([sanitiser.record(ids), sanitiser.record(told)]);
    expect(left).not.toContain('lovelace');
    expect(left).not.toContain('conversation-7');
    expect(left.match(/user-12/g)).toHaveLength(2);
    expect(left.match(/group-14/g)).toHaveLength(2);
  });

  it('leave everything else as it was', () => {
    const record = {
      ...base,
      span_data: { type: 'function', name: 'f', input: 'x', output: 'y' },
      error: null,
    };
    expect(sanitiserWith('groups', 'users').record(record)).toEqual(record);
  });
});

it('asks detectors about every text that would leave', () => {
  const sanitiser = new Sanitiser({
    rules: new Set(['outputs']),
    makePseudonym: () => '',
    detectors: [
      {
        replace: (text, _key, found) =>
          text.replace(/\d{4}/g, () => {
            found('digits');
            return '#';
          }),
      },
    ],
  });
  const record = { ...base, span_data: { type: 'generation', input: 'pin 1234', output: 'pin 5678' } };
  expect(sanitiser.record(record)['span_data']).toEqual({
    type: 'generation',
    input: 'pin #',
    output: '(withheld)',
  });
  expect(sanitiser.tally.counts()).toContainEqual({ rule: 'detector:digits', values: 1, records: 1 });
});

describe('what repeats a text that was withheld', () => {
  it('is withheld whole, although a part of it was withheld as well', () => {
    const part = 'the plan is to sell';
    const whole = `${part} in spring, and to say nothing`;
    const record = {
      ...base,
      span_data: { type: 'generation', input: [whole, part], output: `It said: ${whole}` },
    };
    const left = JSON.stringify(sanitiserWith('inputs').record(record));
    expect(left).not.toContain('spring');
    expect(left).toContain('It said: (withheld)');
  });

  it('is withheld before the call of a tool that said it, and behind it', () => {
    const say = { role: 'assistant', content: `I heard ${canary('result')}` };
    const input = [say, { role: 'tool', content: canary('result') }, say];
    const record = { ...base, span_data: { type: 'generation', input } };
    expect(JSON.stringify(sanitiserWith('tools').record(record))).not.toContain('canary');
  });

  it('is no key of what counts tokens', () => {
    const usage = {
      input_tokens: 3,
      [canary('key')]: 4,
      details: { [canary('key')]: { reasoning_tokens: 1 } },
    };
    const record = { ...base, span_data: { type: 'generation', usage } };
    const left = JSON.stringify(sanitiserWith('inputs').record(record));
    expect(left).not.toContain('canary');
    expect(left).toContain('"input_tokens":3');
  });
});
