/** Trace events that come in any order, at any fraction of time, and in forms no fixture has. Drawn `name<parent start+length`. */
import { expect, it } from 'vitest';
import { objectAt, stringAt, type Json, type JsonObject } from '../../../../core/model/json.ts';
import { readIsoUs } from '../../../../core/model/time.ts';
import { chromeTrace } from '../../../../core/formats/chrome/chrome-trace.ts';
import { readForeign, type ForeignReading } from '../foreign/read-foreign.ts';

const event = (ph: string, name: string, ts: number, more: JsonObject = {}): JsonObject => ({
  ph,
  name,
  ts,
  pid: 1,
  tid: 1,
  ...more,
});
const read = (events: readonly JsonObject[], chunk = Infinity): ForeignReading =>
  readForeign(chromeTrace, JSON.stringify(events), chunk);

const timeOf = (value: Json | undefined): number =>
  typeof value === 'string' ? readIsoUs(value) : Number.NaN;
const nameOf = (item: JsonObject): string => stringAt(objectAt(item, 'span_data') ?? {}, 'name') ?? '';

function draw({ items }: ForeignReading): string[] {
  const spans = items.filter(({ object }) => object === 'trace.span');
  const names = new Map(spans.map((item) => [item['id'], nameOf(item)]));
  return spans
    .map((item) => {
      const start = timeOf(item['started_at']);
      const length = timeOf(item['ended_at']) - start;
      return `${nameOf(item)}<${names.get(item['parent_id']) ?? ''} ${String(start)}+${String(length)}`;
    })
    .sort();
}

it('Complete events nest by time, whatever order they come in', () => {
  const events = [
    event('X', 'c', 5, { dur: 1 }),
    event('X', 'b', 5, { dur: 3 }),
    event('X', 'a', 0, { dur: 10 }),
  ];
  const drawn = ['a< 0+10', 'b<a 5+3', 'c<b 5+1'];
  expect(draw(read(events))).toEqual(drawn);
  expect(draw(read([...events].reverse()))).toEqual(drawn);
  expect(draw(read(events, 7))).toEqual(drawn);
});

it('Threads do not nest in each other, and an asynchronous operation is a thread of its own', () => {
  const events = [
    event('B', 'a', 0),
    event('b', 'fetch', 1, { cat: 'net', id: '0x1' }),
    event('X', 'other', 2, { dur: 1, tid: 2 }),
    event('B', 'b', 3),
    event('E', 'b', 4),
    event('E', 'a', 5),
    event('e', 'fetch', 9, { cat: 'net', id: '0x1' }),
  ];
  expect(draw(read(events))).toEqual(['a< 0+5', 'b<a 3+1', 'fetch< 1+8', 'other< 2+1']);
});

it('Fractions of a microsecond are kept as nanoseconds, and do not drift', () => {
  const { items } = read([event('X', 'a', 0.1, { dur: 0.2 }), event('X', 'b', 1.7, { dur: 1.4 })]);
  expect(items[0]).toMatchObject({ origin: { rest_ns: [100, 300] } });
  expect(items[1]).toMatchObject({
    ended_at: '1970-01-01T00:00:00.000003Z',
    origin: { rest_ns: [700, 100] },
  });
});

it('What never began, never ends, or is no span is told', () => {
  const reading = read([event('E', 'x', 1), event('B', 'a', 2), event('C', 'count', 3), event('X', 'z', 4)]);
  expect(reading.skipped.sort()).toEqual(['not-a-span', 'unmatched-end']);
  expect(reading.notes.sort()).toEqual(['missing-duration', 'unclosed-span']);
  expect(draw(reading)).toEqual(['a< 2+NaN', 'z<a 4+0']);
});
