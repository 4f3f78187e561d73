/** What OTLP says of a library beside its name: attributes of the scope, and the schema that stands behind the spans. */
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { expect, it } from 'vitest';
import { otlpJson } from '../../../../core/formats/otlp/otlp-json.ts';
import { otlpProtobuf } from '../../../../core/formats/otlp/otlp-protobuf.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { readForeign, type ForeignReading } from '../foreign/read-foreign.ts';

const TRACES = ['5b8efff798038103d269b633813fc60c', '6b8efff798038103d269b633813fc60c'] as const;
const span = (traceId: string): JsonObject => ({
  traceId,
  spanId: 'eee19b7ec3c1b174',
  name: 'x',
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
});
const scope = { name: 'lib', version: '1', attributes: [{ key: 'short', value: { stringValue: 'v' } }] };

function schemasOf({ items }: ForeignReading): unknown[] {
  return items
    .filter(({ object }) => object === 'trace')
    .map(({ origin }) => (origin as JsonObject)['schema_urls']);
}

it('A schema belongs to the traces of its resource alone', () => {
  const reading = readForeign(
    otlpJson,
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [{ scope, spans: [span(TRACES[0])], schemaUrl: 'https://s/2' }],
          schemaUrl: 'https://s/1',
        },
        { scopeSpans: [{ spans: [span(TRACES[1])] }] },
      ],
    }),
  );
  expect(schemasOf(reading)).toEqual([['https://s/1', 'https://s/2'], undefined]);
  expect(reading.items[0]).toMatchObject({ origin: { scope: { name: 'lib', attributes: { short: 'v' } } } });
});

it('Attributes of a scope that are long are not repeated with every span', () => {
  const long = { ...scope, attributes: [{ key: 'long', value: { stringValue: 'v'.repeat(2000) } }] };
  const body = { resourceSpans: [{ scopeSpans: [{ scope: long, spans: [span(TRACES[0])] }] }] };
  const { items } = readForeign(otlpJson, JSON.stringify(body));
  expect((items[0]?.['origin'] as JsonObject)['scope']).toEqual({ name: 'lib', version: '1' });
});

it('Protobuf says the same', () => {
  const bytes = new BinaryWriter();
  bytes.tag(1, 2).fork();
  bytes.tag(2, 2).fork();
  bytes.tag(1, 2).fork();
  bytes.tag(1, 2).string('lib');
  bytes.tag(3, 2).fork().tag(1, 2).string('short').tag(2, 2).fork().tag(1, 2).string('v').join().join();
  bytes.join();
  bytes.tag(2, 2).fork();
  bytes
    .tag(1, 2)
    .bytes(Buffer.from(TRACES[0], 'hex'))
    .tag(2, 2)
    .bytes(Buffer.from('eee19b7ec3c1b174', 'hex'));
  bytes.join();
  bytes.tag(3, 2).string('https://s/2');
  bytes.join();
  bytes.join();
  const reading = readForeign(otlpProtobuf, bytes.finish());
  expect(schemasOf(reading)).toEqual([['https://s/2']]);
  expect(reading.items[0]).toMatchObject({ origin: { scope: { attributes: { short: 'v' } } } });
});
