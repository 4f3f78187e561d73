/** Bodies made to cost memory: millions of tiny items, lists of lists, refused records without end. */
import { describe, expect, test } from 'vitest';
import {
  readEventLines,
  readIngestBody,
  type BodyReading,
} from '../../../../electron/host/records/read-body.ts';

const MIB = 1024 * 1024;
const NOW_US = 1;

/** `head`, as many `units` (a separator behind each but the last) as fit into so many bytes, `tail`. */
function fill(bytes: number, head: string, unit: string, tail: string): Buffer {
  const body = Buffer.alloc(bytes, unit);
  const units = Math.floor((bytes - head.length - tail.length) / unit.length);
  const end = head.length + units * unit.length - 1;
  body.copyWithin(head.length, 0, end - head.length);
  body.write(head, 0);
  return body.subarray(0, end + body.write(tail, end));
}

function codeOf(reading: BodyReading): string {
  return reading.kind === 'read' ? (reading.rejects[0]?.code ?? 'read') : reading.code;
}

describe('a body of 32 MiB takes less than 300 MB more, whatever it holds', () => {
  test.each([
    ['zeros', '{"data":[', '0,', ']}', 'too-many-items'],
    ['empty objects', '[', '{},', ']', 'too-many-items'],
    ['traces without an id', '{"data":[', '{"object":"trace"},', ']}', 'too-many-items'],
    ['one item full of lists', '{"data":[[', '[],', ']]}', 'too-many-containers'],
    ['no batch, full of lists', '{"x":[', '{"a":[[],[]]},', ']}', 'too-many-containers'],
    ['lists behind the data', '{"data":[],"x":[', '[],', ']}', 'too-many-containers'],
    ['lists behind a broken item', '{"data":[{"a" 1},', '[],', ']}', 'too-many-items'],
  ])('%s', (_, head, unit, tail, code) => {
    const body = fill(32 * MIB, head, unit, tail);
    const before = process.resourceUsage().maxRSS;
    expect(codeOf(readIngestBody(body, NOW_US))).toBe(code);
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(300);
  });

  test('live events of nothing', () => {
    const body = fill(32 * MIB, '', '0\n', '\n');
    const before = process.resourceUsage().maxRSS;
    expect(codeOf(readEventLines(body, NOW_US))).toBe('too-many-items');
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(300);
  });
});

test('of many bad items the first hundred are told, and all are counted', () => {
  const reading = readIngestBody(fill(400_000, '{"data":[', '0,', ']}'), NOW_US);
  if (reading.kind !== 'read') throw new Error(reading.code);
  expect(reading.rejected).toBe(199_994);
  expect(reading.rejects.map(({ position }) => position)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('a record with as many lists as a long answer with its probabilities is kept', () => {
  const data = Array.from({ length: 20_000 }, () => [[0.1], [0.2]]);
  const span = {
    object: 'trace.span',
    id: 's',
    trace_id: 't',
    span_data: { type: 'custom', data: { data } },
  };
  const reading = readIngestBody(Buffer.from(JSON.stringify({ data: [span] })), NOW_US);
  expect(reading).toMatchObject({ kind: 'read', rejected: 0 });
});
