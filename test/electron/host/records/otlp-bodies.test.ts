/** OTLP bodies made to grow: what spans share is sent once, and must not be kept a thousand times. */
import { expect, it } from 'vitest';
import { readOtlpBody } from '../../../../electron/host/records/read-otlp-body.ts';

const NOW_US = 1;
const LONG = 'x'.repeat(20_000);

/** A thousand traces of one span each, as one exporter might batch them. */
function makeBody(resource: object, scope: object): Buffer {
  const spans = Array.from({ length: 1000 }, (_, i) => ({
    traceId: (i + 1).toString(16).padStart(32, '0'),
    spanId: (i + 1).toString(16).padStart(16, '0'),
    name: 'work',
    startTimeUnixNano: '1780000000000000000',
    endTimeUnixNano: '1780000000000000001',
  }));
  return Buffer.from(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }));
}

function attribute(key: string): object {
  return { attributes: [{ key, value: { stringValue: LONG } }] };
}

it.each([
  ['a long resource', attribute('process.command_line'), {}],
  ['a service with a long name', attribute('service.name'), {}],
  ['a library with a long name', {}, { name: LONG, version: LONG }],
])('keeps %s of a thousand traces about once', (_, resource, scope) => {
  const body = makeBody(resource, scope);
  const reading = readOtlpBody(body, NOW_US, false);
  if (reading.kind !== 'read') throw new Error(reading.code);
  expect(reading.batch?.records).toHaveLength(2000);
  expect(reading.batch?.lines.length).toBeLessThan(20 * body.length);
});

it('refuses a body whose spans come to too much, and keeps none of them', () => {
  const reading = readOtlpBody(makeBody({}, {}), NOW_US, false, 100_000);
  expect(reading).toMatchObject({ kind: 'malformed', status: 413, code: 'body-too-large' });
});

it('takes a time that no number can hold for none, and keeps its span', () => {
  const body = makeBody({}, {}).toString().replaceAll('"1780000000000000000"', '1e999');
  const withEvent = body.replace(
    '"name":"work"',
    '"name":"work","events":[{"name":"e","timeUnixNano":-1e999}]',
  );
  const reading = readOtlpBody(Buffer.from(withEvent), NOW_US, false);
  if (reading.kind !== 'read') throw new Error(reading.code);
  expect(reading.batch?.records).toHaveLength(2000);
  expect(reading.rejected).toBe(0);
});
