/** OTLP in all its dialects says the same; damage costs what it hit and nothing else. */
import { describe, expect, it } from 'vitest';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import { otlpJson } from '../../../../core/formats/otlp/otlp-json.ts';
import { otlpProtobuf } from '../../../../core/formats/otlp/otlp-protobuf.ts';
import { rankForeign } from '../../../../core/formats/registry.ts';
import { readForeign, spanIdsOf, type ForeignReading } from '../foreign/read-foreign.ts';

const TRACE = '5b8efff798038103d269b633813fc60c';
const ids = ['a1', 'a2', 'a3', 'a4'].map((end) => `eee19b7ec3c1b1${end}`);

function span(id: string): object {
  return {
    traceId: TRACE,
    spanId: id,
    parentSpanId: id === ids[0] ? '' : ids[0],
    name: 'chat é',
    kind: 3,
    startTimeUnixNano: '1751474840301046016',
    endTimeUnixNano: '1751474840301361927',
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: 3 } },
      { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 1.5 }] } } },
    ],
    status: { code: 2, message: 'bad' },
  };
}

const body = (spans: readonly object[]): object => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [{ scope: { name: 'lib', version: '1' }, spans }],
    },
  ],
});
const BODY = body(ids.map(span));
const JSON_BODY = JSON.stringify(BODY);

const snake = (text: string): string =>
  text.replace(
    /"([a-z]+(?:[A-Z][a-z]+)+)":/g,
    (_, key: string) => `"${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}":`,
  );
const base64 = (text: string): string =>
  text
    .replace(
      /"(traceId|spanId|parentSpanId)":"([0-9a-f]+)"/g,
      (_, key: string, hex: string) => `"${key}":"${Buffer.from(hex, 'hex').toString('base64')}"`,
    )
    .replaceAll('"kind":3', '"kind":"SPAN_KIND_CLIENT"')
    .replaceAll('"code":2', '"code":"STATUS_CODE_ERROR"');
const numbers = (text: string): string => text.replace(/UnixNano":"(\d+)"/g, 'UnixNano":$1');
const lines = ids.map((id) => JSON.stringify(body([span(id)])));

/** Without the place in `origin` of what only some dialects say. */
const itemsOf = ({ items }: ForeignReading): unknown => JSON.parse(JSON.stringify(items));

describe('OTLP as JSON', () => {
  const expected = itemsOf(readForeign(otlpJson, JSON_BODY));

  it('converts every span, its exact times and its trace', () => {
    const { items, skipped, notes } = readForeign(otlpJson, JSON_BODY);
    expect([skipped, notes]).toEqual([[], []]);
    expect(items).toHaveLength(5);
    expect(items[1]).toMatchObject({
      object: 'trace.span',
      id: ids[1],
      trace_id: TRACE,
      parent_id: ids[0],
      started_at: '2025-07-02T16:47:20.301046Z',
      ended_at: '2025-07-02T16:47:20.301361Z',
      span_data: { type: 'generation', usage: { input_tokens: 12, output_tokens: 3, total_tokens: 15 } },
      error: { message: 'bad' },
      origin: {
        format: 'otlp',
        rule: 10,
        kind: 'SPAN_KIND_CLIENT',
        scope: { name: 'lib', version: '1' },
        service: 'shop',
        rest_ns: [16, 927],
        attributes: { list: [true, 1.5] },
      },
    });
    expect(items[4]).toMatchObject({
      object: 'trace',
      id: TRACE,
      workflow_name: 'chat é',
      metadata: { service: 'shop' },
    });
  });

  it.each([
    ['base64 ids and enum names', base64(JSON_BODY)],
    ['snake_case', snake(JSON_BODY)],
    ['times as numbers, which no double holds', numbers(JSON_BODY)],
    ['pretty-printed JSON', JSON.stringify(BODY, undefined, 2)],
    ['a list of bodies', `[${lines.join(',')}]`],
    ['JSON lines', lines.join('\n')],
    ['concatenated JSON', lines.join('')],
    ['a byte order mark', `\ufeff${JSON_BODY}`],
  ])('reads the same from %s', (_, text) => {
    expect(itemsOf(readForeign(otlpJson, text))).toEqual(expected);
  });

  it.each([1, 7, 100])('reads the same in chunks of %d bytes', (chunk) => {
    expect(itemsOf(readForeign(otlpJson, JSON_BODY, chunk))).toEqual(expected);
  });

  it('keeps integers that no double holds, as text or as bare numbers, in one body or in lines', () => {
    const big = (key: string, value: string): string => `{"key":"${key}","value":{"intValue":${value}}}`;
    const list = [big('text', '"9007199254740993"'), big('bare', '9007199254740993'), big('small', '-7')];
    const note = '{"key":"note","value":{"stringValue":"\\"intValue\\":9007199254740993"}}';
    const text = JSON.stringify(body([{ ...span(ids[0] ?? ''), attributes: 'HERE' }]));
    const whole = text.replace('"HERE"', `[${[...list, note].join(',')}]`);
    for (const each of [whole, `${whole}\n${whole}`, `[${whole}]`]) {
      expect(readForeign(otlpJson, each).items[0]).toMatchObject({
        origin: {
          attributes: {
            text: '9007199254740993',
            bare: '9007199254740993',
            small: -7,
            note: '"intValue":9007199254740993',
          },
          types: { text: 'int', bare: 'int' },
        },
      });
    }
  });

  it('tells the line of every span', () => {
    expect(readForeign(otlpJson, lines.join('\n')).lines.slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  it('keeps what stands before, between and after the damage of a single object', () => {
    const torn = JSON_BODY.replace(`"spanId":"${ids[1] ?? ''}"`, `"spanId":${ids[1] ?? ''}"`);
    const reading = readForeign(otlpJson, torn);
    expect(spanIdsOf(reading)).toEqual([ids[0], ids[2], ids[3]]);
    expect(reading.skipped).not.toEqual([]);
  });

  it('loses one line of a collector to a torn line', () => {
    const torn = [lines[0], lines[1]?.slice(0, 200), lines[2], lines[3]].join('\n');
    const reading = readForeign(otlpJson, torn);
    expect(spanIdsOf(reading)).toEqual([ids[0], ids[2], ids[3]]);
    expect(reading.skipped).toEqual(['broken-record']);
  });

  it('counts metrics and foreign log records by reason', () => {
    const text =
      '{"resourceMetrics":[{},{}]}\n{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{}}]}]}]}';
    expect(readForeign(otlpJson, text).skipped).toEqual([
      'metrics-not-kept',
      'metrics-not-kept',
      'log-not-kept',
    ]);
  });
});

/** The body as protobuf, written by hand against the specification's field numbers. */
function encode(): Uint8Array {
  const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
  const part = (writer: BinaryWriter, no: number): BinaryWriter => writer.tag(no, WireType.LengthDelimited);
  const writer = new BinaryWriter();
  const attribute = (no: number, key: string, write: (value: BinaryWriter) => void): void => {
    part(part(writer, no).fork(), 1).string(key);
    part(writer, 2).fork();
    write(writer);
    writer.join().join();
  };
  part(writer, 1).fork();
  part(writer, 1).fork();
  attribute(1, 'service.name', (value) => part(value, 1).string('shop'));
  writer.join();
  part(writer, 2).fork();
  part(part(part(writer, 1).fork(), 1).string('lib'), 2)
    .string('1')
    .join();
  for (const id of ids) {
    part(part(part(writer, 2).fork(), 1).bytes(hex(TRACE)), 2).bytes(hex(id));
    if (id !== ids[0]) part(writer, 4).bytes(hex(ids[0] ?? ''));
    part(writer, 5).string('chat é').tag(6, WireType.Varint).uint32(3);
    writer.tag(7, WireType.Bit64).fixed64('1751474840301046016');
    writer.tag(8, WireType.Bit64).fixed64('1751474840301361927');
    attribute(9, 'gen_ai.operation.name', (value) => part(value, 1).string('chat'));
    attribute(9, 'gen_ai.usage.input_tokens', (value) => value.tag(3, WireType.Varint).int64(12));
    attribute(9, 'gen_ai.usage.output_tokens', (value) => value.tag(3, WireType.Varint).int64(3));
    attribute(9, 'list', (value) => {
      part(part(value, 5).fork(), 1).fork().tag(2, WireType.Varint).bool(true).join();
      part(value, 1).fork().tag(4, WireType.Bit64).double(1.5).join().join();
    });
    part(part(writer, 15).fork(), 2).string('bad').tag(3, WireType.Varint).uint32(2).join();
    writer.join();
  }
  return writer.join().join().finish();
}

describe('OTLP as protobuf', () => {
  const bytes = encode();
  const expected = itemsOf(readForeign(otlpJson, JSON_BODY));
  const varint = new BinaryWriter().uint32(bytes.length).finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);

  it.each([
    ['one message', bytes],
    ['a message behind its length as a varint', Buffer.concat([varint, bytes])],
    ['a message behind its length in four bytes', Buffer.concat([length, bytes])],
  ])('reads from %s what JSON says, in chunks of any size', (_, content) => {
    expect(rankForeign(readHead(content)).map(({ format }) => format.name)).toEqual(['otlp-protobuf']);
    for (const chunk of [1, 13, Infinity]) {
      expect(itemsOf(readForeign(otlpProtobuf, content, chunk))).toEqual(expected);
    }
  });

  it('says where a message is cut', () => {
    expect(readForeign(otlpProtobuf, bytes.subarray(0, 200)).notes).toEqual(['cut-short']);
  });

  it('survives values that nest without end', () => {
    let value = new Uint8Array();
    for (let i = 0; i < 2000; i++) {
      const list = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(value).finish();
      value = new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(list).finish();
    }
    const around = [2, 9, 2, 2, 1].reduce(
      (inner, no) => new BinaryWriter().tag(no, WireType.LengthDelimited).bytes(inner).finish(),
      value,
    );
    expect(readForeign(otlpProtobuf, around).skipped).toEqual(['bad-protobuf']);
  });
});
