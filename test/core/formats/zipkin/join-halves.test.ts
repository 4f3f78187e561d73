/** Which half of a call a Zipkin span is, drawn as `id<parent`. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { zipkinJson } from '../../../../core/formats/zipkin/zipkin-json.ts';
import { readForeign } from '../foreign/read-foreign.ts';

const span = (id: string, parentId: string | null, more: JsonObject = {}): JsonObject => ({
  traceId: 't',
  id,
  ...(parentId !== null && { parentId }),
  timestamp: 1000,
  duration: 10,
  ...more,
});
const at = (serviceName: string): JsonObject => ({ localEndpoint: { serviceName } });

function draw(spans: readonly JsonObject[]): string[] {
  const { items } = readForeign(zipkinJson, JSON.stringify(spans));
  const drawn = items.filter(({ object }) => object === 'trace.span');
  return drawn
    .map(({ id, parent_id: parent }) => `${JSON.stringify(id)}<${JSON.stringify(parent)}`.replaceAll('"', ''))
    .sort();
}

const CALL = [
  span('a', null, { ...at('web'), kind: 'SERVER' }),
  span('b', 'a', { ...at('web'), kind: 'CLIENT' }),
  span('b', 'a', { ...at('shop'), kind: 'SERVER', shared: true }),
  span('c', 'b', at('shop')),
  span('d', 'b', at('web')),
];
const HALVES = ['a<null', 'b.s<b', 'b<a', 'c<b.s', 'd<b'];

describe('the halves of a call', () => {
  it('are two spans, and what the server did stands below its half', () => {
    expect(draw(CALL)).toEqual(HALVES);
  });

  it('are told in any order', () => {
    expect(draw([...CALL].reverse())).toEqual(HALVES);
  });

  it('are told without the mark of the server, where the client is there', () => {
    expect(draw(CALL.map((each) => ({ ...each, shared: false })))).toEqual(HALVES);
  });

  it('keep their id where the other half is not in the file', () => {
    expect(draw(CALL.filter(({ kind }) => kind !== 'CLIENT'))).toEqual(['a<null', 'b<a', 'c<b', 'd<b']);
  });

  it('are one span each, however often they were reported', () => {
    const late = span('b', 'a', { ...at('web'), kind: 'CLIENT', duration: 30, tags: { late: 'yes' } });
    expect(draw([...CALL, late])).toEqual(HALVES);
    const { items } = readForeign(zipkinJson, JSON.stringify([...CALL, late]));
    const client = items.find(({ id }) => id === 'b');
    expect(client).toMatchObject({
      ended_at: '1970-01-01T00:00:00.001030Z',
      origin: { attributes: { late: 'yes' } },
    });
  });
});

it('An error tag is an error, with what it says as the message', () => {
  const { items } = readForeign(
    zipkinJson,
    JSON.stringify([span('a', null, { ...at('x'), tags: { error: 'no route' } })]),
  );
  expect(items[0]).toMatchObject({ error: { message: 'no route' } });
});

it('The addresses and ports of both ends are kept, in whichever report they stand', () => {
  const local = { serviceName: 'web', ipv4: '10.0.0.1', port: 8080 };
  const remote = { serviceName: 'shop', ipv6: '::1', port: 5432 };
  const reports = [
    span('b', 'a', { kind: 'CLIENT', localEndpoint: { serviceName: 'web' }, remoteEndpoint: remote }),
    span('b', 'a', { kind: 'CLIENT', localEndpoint: local }),
  ];
  for (const order of [reports, [...reports].reverse()]) {
    const { items } = readForeign(zipkinJson, JSON.stringify(order));
    expect(items[0]).toMatchObject({
      origin: { zipkin: { localEndpoint: local, remoteEndpoint: remote } },
    });
  }
});
