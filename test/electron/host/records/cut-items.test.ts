/** The quick cut of an SDK's body gives its items, or nothing at all. */
import { describe, expect, it } from 'vitest';
import { cutItems } from '../../../../electron/host/records/cut-items.ts';
import { readIngestBody } from '../../../../electron/host/records/read-body.ts';
import { makeSpan, NOW_US } from '../store-fixture.ts';

function pieces(text: string): readonly string[] | undefined {
  const body = Buffer.from(text);
  const places = cutItems(body);
  return places?.flatMap((start, i) => (i % 2 === 0 ? body.toString('utf8', start, places[i + 1]) : []));
}

const items = [{ object: 'trace', id: 't' }, makeSpan('t', 's1'), makeSpan('t', 'ä')];

describe('cutting items', () => {
  it('finds the items of a body as the SDKs write it', () => {
    const written = items.map((item) => JSON.stringify(item));
    expect(pieces(JSON.stringify({ data: items }))).toEqual(written);
    expect(pieces(`${JSON.stringify({ data: items })}\n`)).toEqual(written);
  });

  it('leaves every other body to the scanner', () => {
    const item = JSON.stringify(items[0]);
    for (const text of [
      '',
      '{}',
      '{"data":[]}',
      `[${item}]`,
      `{"data": [${item}]}`,
      `{"data":[${item}],"x":1}`,
      `{"data":[${item}`,
    ]) {
      expect(pieces(text), text).toBeUndefined();
    }
  });

  it('cannot be led astray by text in strings, nor by items inside items', () => {
    const trap = ',{"object":"trace","id":"fake"}';
    const nested = makeSpan('t', 's2', {
      span_data: { type: 'custom', data: { list: [1, ...items] } },
      error: { message: trap },
    });
    const reading = readIngestBody(Buffer.from(JSON.stringify({ data: [nested, items[1]] })), NOW_US);
    if (reading.kind !== 'read') throw new Error('not read');
    expect(reading.rejects).toEqual([]);
    expect(reading.batch?.records.map((record) => (record.kind === 'span' ? record.row.spanId : ''))).toEqual(
      ['s2', 's1'],
    );
    const lines = Buffer.from(reading.batch?.lines ?? []).toString();
    expect(lines).toBe(`${JSON.stringify(nested)}\n${JSON.stringify(items[1])}\n`);
  });
});
