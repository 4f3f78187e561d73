/** The console exporter's objects, in the forms that `test/formats-made` has the real one print. */
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import { otelConsole } from '../../../../core/formats/otel-console/console-spans.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { readForeign, spanIdsOf } from '../foreign/read-foreign.ts';

const TRACE = '0xd5aa11db20df1bbb47789294fb6d7ce0';

function span(id: string, more: JsonObject = {}): JsonObject {
  return {
    name: 'work',
    context: { trace_id: TRACE, span_id: id, trace_state: '[]' },
    kind: 'SpanKind.CLIENT',
    parent_id: null,
    start_time: '2026-11-22T21:24:00.992628Z',
    end_time: '2026-11-22T21:24:00.992648Z',
    status: { status_code: 'UNSET' },
    attributes: {},
    events: [],
    links: [],
    resource: { attributes: { 'service.name': 'made' }, schema_url: '' },
    ...more,
  };
}

const print = (...spans: readonly JsonObject[]): string =>
  spans.map((each) => `${JSON.stringify(each, undefined, 4)}\n`).join('');
const sniff = (text: string): number => otelConsole.sniff(readHead(new TextEncoder().encode(text)));

describe('the console exporter', () => {
  it('is known by its ids and kinds, also behind other words', () => {
    expect(sniff(print(span('0x79b7893e2da1fa42')))).toBe(1);
    expect(sniff(`Started.\n${print(span('0x79b7893e2da1fa42'))}`)).toBe(0.8);
    expect(sniff('{"context":{"trace_id":"d5"},"span_kind":"LLM"}')).toBe(0);
  });

  it('writes ids with 0x, kinds and states by name, and times in ISO 8601', () => {
    const failed = span('0x79b7893e2da1fa42', {
      parent_id: '0xfe9957ff7f3f1769',
      status: { status_code: 'ERROR', description: 'no place' },
      links: [{ context: { trace_id: TRACE, span_id: '0xfe9957ff7f3f1769' }, attributes: { why: 'x' } }],
    });
    const [item, trace] = readForeign(otelConsole, print(failed)).items;
    expect(item).toMatchObject({
      id: '79b7893e2da1fa42',
      trace_id: 'd5aa11db20df1bbb47789294fb6d7ce0',
      parent_id: 'fe9957ff7f3f1769',
      started_at: '2026-11-22T21:24:00.992628Z',
      ended_at: '2026-11-22T21:24:00.992648Z',
      error: { message: 'no place' },
      origin: {
        kind: 'SPAN_KIND_CLIENT',
        service: 'made',
        links: [{ traceId: 'd5aa11db20df1bbb47789294fb6d7ce0', spanId: 'fe9957ff7f3f1769' }],
      },
    });
    expect(trace).toMatchObject({ object: 'trace', metadata: null });
  });

  it('printed a resource without its schema in earlier versions', () => {
    const { items } = readForeign(otelConsole, print(span('0x1', { resource: { 'service.name': 'old' } })));
    expect(items[0]).toMatchObject({ origin: { service: 'old' } });
  });

  it('leaves out what else is printed, and says what it was', () => {
    const log = { body: 'hi', severity_number: 9, trace_id: TRACE, span_id: '0x1' };
    const text = `Started.\n${print(span('0x1'), log, { resource_metrics: [] })}Done: 3 of 4\n${print(span('0x2'))}`;
    const reading = readForeign(otelConsole, text, 50);
    expect(spanIdsOf(reading)).toEqual(['1', '2']);
    expect(reading.skipped).toContain('log-not-kept');
    expect(reading.skipped).toContain('metrics-not-kept');
  });

  it('has an open span where the end is not said', () => {
    expect(readForeign(otelConsole, print(span('0x1', { end_time: null }))).items[0]).toMatchObject({
      ended_at: null,
    });
  });
});
