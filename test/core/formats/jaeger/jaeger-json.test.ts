/** What Jaeger says in tags, references and numbers that are not as they should be. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { jaegerJson } from '../../../../core/formats/jaeger/jaeger-json.ts';
import { readForeign, type ForeignReading } from '../foreign/read-foreign.ts';

const SPAN: JsonObject = {
  traceID: 't',
  spanID: 'a',
  operationName: 'x',
  references: [],
  startTime: 1_700_000_000_000_001,
  duration: 5,
  processID: 'p1',
};
const read = (more: JsonObject): ForeignReading =>
  readForeign(
    jaegerJson,
    JSON.stringify({
      data: [{ traceID: 't', spans: [{ ...SPAN, ...more }], processes: { p1: { serviceName: 's' } } }],
    }),
  );
const tag = (key: string, value: string | boolean | number, type = 'string'): JsonObject => ({
  key,
  type,
  value,
});

it('The process that stands behind the spans names their service', () => {
  expect(read({}).items).toMatchObject([
    { origin: { service: 's' } },
    { object: 'trace', metadata: { service: 's' } },
  ]);
});

it('Tags that OpenTelemetry has fields for become status, scope and kind', () => {
  const tags = [
    tag('otel.status_code', 'ERROR'),
    tag('otel.status_description', 'too late'),
    tag('otel.scope.name', 'lib'),
    tag('span.kind', 'client'),
    tag('n', '42', 'int64'),
  ];
  expect(read({ tags }).items[0]).toMatchObject({
    error: { message: 'too late' },
    origin: { kind: 'SPAN_KIND_CLIENT', scope: { name: 'lib' }, attributes: { n: 42 } },
  });
  expect(read({ tags: [tag('error', true, 'bool')] }).items[0]).toMatchObject({
    error: { message: 'The span failed.' },
  });
  expect(read({ tags: [tag('error', 'false')] }).items[0]).toMatchObject({ error: null });
});

it('The parent is the one whose child it is, never itself, never of another trace', () => {
  const references = [
    { refType: 'CHILD_OF', traceID: 'other', spanID: 'z' },
    { refType: 'CHILD_OF', traceID: 't', spanID: 'a' },
    { refType: 'FOLLOWS_FROM', traceID: 't', spanID: 'f' },
    { refType: 'CHILD_OF', traceID: 't', spanID: 'p' },
    { refType: 'CHILD_OF', traceID: 't', spanID: 'p' },
  ];
  const [item] = read({ references }).items;
  expect(item).toMatchObject({ parent_id: 'p', origin: { links: references.slice(0, 3) } });
});

it('A negative length or none is told, and the span is kept without one', () => {
  const negative = read({ duration: -7 });
  expect(negative.notes).toEqual(['negative-duration']);
  expect(negative.items[0]).toMatchObject({
    started_at: '2023-11-14T22:13:20.000001Z',
    ended_at: '2023-11-14T22:13:20.000001Z',
    origin: { duration_us: -7 },
  });
  const missing = read({ duration: 'soon' });
  expect(missing.notes).toEqual(['missing-duration']);
  expect(missing.items[0]).toMatchObject({ ended_at: '2023-11-14T22:13:20.000001Z' });
});
