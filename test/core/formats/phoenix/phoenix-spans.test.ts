/** Phoenix's spans, in the forms that `test/formats-made` has the real one give. */
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import { flattenAttributes } from '../../../../core/formats/phoenix/flat-attributes.ts';
import { phoenixSpans } from '../../../../core/formats/phoenix/phoenix-spans.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { readForeign, spanIdsOf } from '../foreign/read-foreign.ts';

const SPAN: JsonObject = {
  id: 'U3Bhbjox',
  name: 'ask',
  context: { trace_id: 'facc64cacbe56d178ee0482c1b278f3f', span_id: '890ca215ffee4e92' },
  span_kind: 'LLM',
  parent_id: null,
  start_time: '2026-11-22T21:29:43.853483+00:00',
  end_time: '2026-11-22T21:29:43.853507+00:00',
  status_code: 'OK',
  status_message: '',
  attributes: { 'llm.model_name': 'm', 'llm.token_count.prompt': 11, 'metadata.a': 1, 'session.id': 's-1' },
  events: [{ name: 'first', timestamp: '2026-11-22T21:29:43.853498+00:00', attributes: { n: 1 } }],
};
const NULLS = { array_value: null, bool_value: null, int_value: null, string_value: null };
const OTLP_SPAN: JsonObject = {
  trace_id: 'facc64cacbe56d178ee0482c1b278f3f',
  span_id: '890ca215ffee4e92',
  parent_span_id: null,
  name: 'ask',
  start_time_unix_nano: 1795382983871185152,
  end_time_unix_nano: 1795382983871285248,
  attributes: [
    { key: 'openinference.span.kind', value: { ...NULLS, string_value: 'LLM' } },
    { key: 'llm.model_name', value: { ...NULLS, string_value: 'm' } },
    { key: 'llm.token_count.prompt', value: { ...NULLS, int_value: 11 } },
  ],
  events: null,
  status: { code: 0, message: null },
};
const sniff = (text: string): number => phoenixSpans.sniff(readHead(new TextEncoder().encode(text)));

describe('Phoenix', () => {
  it('gives lines, lists and pages of its spans', () => {
    const other = { ...SPAN, context: { ...(SPAN['context'] as JsonObject), span_id: '00031ab87db671de' } };
    const [a, b] = [JSON.stringify(SPAN), JSON.stringify(other)];
    for (const text of [`${a}\n${b}\n`, `[${a},${b}]`, `{"data":[${a},${b}],"next_cursor":null}`]) {
      expect(sniff(text)).toBe(1);
      const reading = readForeign(phoenixSpans, text, 80);
      expect(spanIdsOf(reading)).toEqual(['890ca215ffee4e92', '00031ab87db671de']);
      expect(reading.items[0]).toMatchObject({
        span_data: { type: 'generation', model: 'm', usage: { input_tokens: 11 } },
        origin: { source: 'openinference', rule: 8, phoenix: { id: 'U3Bhbjox' } },
      });
      expect(reading.items[2]).toMatchObject({ group_id: 's-1', metadata: { a: 1 } });
    }
  });

  it('gives pages of OTLP as well, with null for every type that a value is not', () => {
    const text = JSON.stringify({ data: [OTLP_SPAN], next_cursor: null });
    expect(sniff(text)).toBe(0.9);
    expect(readForeign(phoenixSpans, text).items[0]).toMatchObject({
      started_at: '2026-11-22T21:29:43.871185Z',
      span_data: { type: 'generation', model: 'm', usage: { input_tokens: 11 } },
    });
  });

  it('leaves out what is no span, and keeps those behind damage', () => {
    const text = `{"data":[{"bad":,},${JSON.stringify(SPAN)}]}`;
    expect(spanIdsOf(readForeign(phoenixSpans, text))).toEqual(['890ca215ffee4e92']);
    expect(readForeign(phoenixSpans, '{"name":"x"}\n[]\n1\n').skipped).toEqual([
      'unknown-object',
      'not-an-object',
    ]);
  });
});

describe('attributes', () => {
  it('are flat whether the library nested them or not', () => {
    const nested = {
      llm: { input_messages: [{ message: { role: 'user' } }], model_name: 'm' },
      tag: { tags: ['x'] },
    };
    expect(flattenAttributes(nested)).toEqual({
      'llm.input_messages.0.message.role': 'user',
      'llm.model_name': 'm',
      'tag.tags': ['x'],
    });
    expect(flattenAttributes({ 'llm.model_name': 'm' })).toEqual({ 'llm.model_name': 'm' });
  });

  it('are whole where OpenInference has an object', () => {
    expect(flattenAttributes({ metadata: { a: { b: 1 } }, tool: { parameters: { c: 2 } } })).toEqual({
      metadata: { a: { b: 1 } },
      'tool.parameters': { c: 2 },
    });
    expect(flattenAttributes({ 'metadata.a': 1, 'metadata.b': 2 })).toEqual({ metadata: { a: 1, b: 2 } });
  });

  it('nest as deep as anybody likes without harm', () => {
    let deep: JsonObject = { leaf: 1 };
    for (let i = 0; i < 900; i++) deep = { a: deep };
    expect(Object.keys(flattenAttributes(deep))).toHaveLength(1);
  });
});
