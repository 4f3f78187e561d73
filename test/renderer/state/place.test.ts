import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlace, writePlace } from '../../../renderer/state/place.ts';

test('the library is where every other address leads', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/trace/', '#/trace/%E0%A4%A']) {
    expect(readPlace(hash)).toEqual({ kind: 'library' });
  }
});

test('a trace and its span are read from the address', () => {
  expect(readPlace('#/trace/trace_1?span=span_2')).toEqual({
    kind: 'trace',
    traceId: 'trace_1',
    spanId: 'span_2',
  });
  expect(readPlace('#/trace/trace_1')).toEqual({ kind: 'trace', traceId: 'trace_1', spanId: undefined });
});

test('any id comes back as it went into the address', () => {
  const id = fc.string({ minLength: 1, unit: 'grapheme' });
  fc.assert(
    fc.property(id, fc.option(id, { nil: undefined }), (traceId, spanId) => {
      const place = { kind: 'trace', traceId, spanId } as const;
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
  );
});

test('the view of a trace and the connect page have addresses that lead back to them', () => {
  const places = [
    { kind: 'connect' },
    { kind: 'trace', traceId: 't 1', spanId: 's1', view: 'handoffs' },
    { kind: 'trace', traceId: 't1', spanId: undefined, view: 'handoffs' },
  ] as const;
  for (const place of places) expect(readPlace(writePlace(place))).toEqual(place);
  expect(readPlace('#/trace/t1?view=nothing')).toEqual({ kind: 'trace', traceId: 't1', spanId: undefined });
});

test('pages about many traces keep the query of the library, and a group has an address of its own', () => {
  const places = [
    { kind: 'map', query: 'q=agent%3ABilling' },
    { kind: 'insights' },
    { kind: 'insights', query: 'q=error%3Atrue' },
    { kind: 'group', by: 'group', id: 'conversation 4711/ä?' },
    { kind: 'group', by: 'user', id: 'someone@example.com' },
  ] as const;
  for (const place of places) expect(readPlace(writePlace(place))).toEqual(place);
  expect(readPlace('#/group/%E0%A4%A')).toEqual({ kind: 'library' });
});
