/** What the door makes of a body, whichever way it goes through it. */
import { describe, expect, test } from 'vitest';
import { readEventLines, readIngestBody } from '../../../../electron/host/records/read-body.ts';

const NOW_US = 1;

function span(id: string, extra: object = {}): object {
  return { object: 'trace.span', id, trace_id: 't1', span_data: { type: 'function', name: 'x' }, ...extra };
}

function linesOf(body: string): readonly string[] {
  const reading = readIngestBody(Buffer.from(body), NOW_US);
  if (reading.kind !== 'read') throw new Error(reading.code);
  return Buffer.from(reading.batch?.lines ?? [])
    .toString()
    .split('\n')
    .slice(0, -1);
}

function codeOf(body: string): string {
  const reading = readIngestBody(Buffer.from(body), NOW_US);
  return reading.kind === 'read' ? 'read' : reading.code;
}

describe('every record is one line of the journal', () => {
  test('fault 1: line feeds between the tokens of an item are written away, as the SDKs write it and not', () => {
    const item = JSON.stringify(span('a'), undefined, 1);
    for (const body of [
      `{"data":[${item}]}`,
      `{"data":[${item},${item}]}`,
      `[${item}]`,
      `{ "data": [${item}] }`,
    ]) {
      for (const line of linesOf(body)) expect(JSON.parse(line)).toEqual(span('a'));
    }
  });

  test("a line that pretends to be the journal's own stays inside its record", () => {
    const batch = '{"$batch":{"at":1,"via":"import","origin":"evil","format":"openai-agents","records":1}}';
    const evil = `{"object":"trace.span","id":"a","trace_id":"t1","span_data":{"type":"custom","data":[1,\n${batch}\n,2]}}`;
    const lines = linesOf(`{"data":[${evil}]}`);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual(JSON.parse(evil));
  });

  test('an item on one line keeps its own bytes', () => {
    const item =
      '{"object":"trace.span","id":"a","trace_id":"t1","span_data":{"type":"custom","data":{"n":1e400}}}';
    expect(linesOf(`{"data":[${item}]}`)).toEqual([item]);
    expect(linesOf(`[ ${item} ]`)).toEqual([item]);
  });
});

describe('fault 22: a body that is not JSON is refused whole', () => {
  const a = JSON.stringify(span('a'));
  const b = JSON.stringify(span('b'));
  test.each([
    `{"data":[${a} ${b}]}`,
    `{"data":[,,${a},,]}`,
    `{"data":[${a},]}`,
    `[${a},]`,
    `[${a}],`,
    `{"data":[${a}]},`,
    `{"data":[${a}]:::}`,
    `{"data":[${a}]`,
    `[${a}]}`,
    `\u001e[${a}]`,
  ])('%s', (body) => {
    expect(codeOf(body)).toBe('bad-json');
  });

  test('while white space may stand wherever JSON lets it', () => {
    expect(codeOf(` {\n "data" : [ ${a} ,\n${b} ] } `)).toBe('read');
    expect(linesOf(` {\n "data" : [ ${a} ,\n${b} ] } `)).toEqual([a, b]);
  });
});

test('of a key that stands twice the last one counts, as JSON.parse reads it', () => {
  const [a, b] = [JSON.stringify(span('a')), JSON.stringify(span('b'))];
  expect(linesOf(`{"data":[${a}],"data":[${b}]}`)).toEqual([b]);
  expect(linesOf(`{"more":1,"data":[${b}]}`)).toEqual([b]);
});

test('live events may be spread over lines; each becomes one', () => {
  const event = { event: 'on_span_start', at: '2026-01-01T00:00:00Z', item: span('a') };
  const reading = readEventLines(Buffer.from(JSON.stringify(event, undefined, 2)), NOW_US);
  const lines = reading.kind === 'read' ? Buffer.from(reading.batch?.lines ?? []).toString() : '';
  expect(lines.split('\n')).toHaveLength(2);
  expect(JSON.parse(lines)).toEqual(event);
});
