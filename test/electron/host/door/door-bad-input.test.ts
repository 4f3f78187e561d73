/** Bad input is data: the good part of it is kept, the rest is named by place, code and size, never by text. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSpan, spanIdsOf } from '../store-fixture.ts';
import { call, openTestDoor } from './door-fixture.ts';

const body = (...items: unknown[]): string => JSON.stringify({ data: items });

describe('bad input', () => {
  it('fault 22: malformed JSON is 400 with its offset, and nothing is stored', async () => {
    const { port, store, board } = await openTestDoor();
    const bad = `{"data":[${JSON.stringify(makeSpan('t', 'grün'))}, !]}`;
    const answer = await call(port, { body: bad });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: 'bad-json', offset: Buffer.byteLength(bad) - 3 },
    });
    expect(answer.body).not.toContain('gr');
    expect(store.library.traceCount).toBe(0);
    expect(board.counts.rejects).toMatchObject([
      { position: -1, code: 'bad-json', bytes: Buffer.byteLength(bad) },
    ]);
    const short = await call(port, { body: '{"data":[' });
    expect(JSON.parse(short.body)).toMatchObject({ error: { code: 'bad-json', offset: 9 } });
  });

  it('answers 400 for JSON that is no batch', async () => {
    const { port } = await openTestDoor();
    for (const text of ['5', 'null', '{}', '{"data":{}}', '"x"', '']) {
      expect((await call(port, { body: text })).status, text).toBe(400);
    }
  });

  it('fault 23: one bad span in a hundred costs one, and the answer names it', async () => {
    const { port, store, board } = await openTestDoor();
    const items: unknown[] = Array.from({ length: 100 }, (_, i) => makeSpan('t', `s${String(i)}`));
    items[41] = { object: 'trace.span', id: 'no-trace', secret: 'text of a trace' };
    const answer = await call(port, { body: body(...items) });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      accepted: 99,
      rejected: [{ position: 41, code: 'span-without-trace-id' }],
      rejectedTotal: 1,
    });
    expect(store.library.findSummary('t')?.spans).toBe(99);
    expect(board.counts).toMatchObject({ acknowledged: 99, rejected: 1 });
    expect(JSON.stringify(board.counts)).not.toContain('text of a trace');
  });

  it('is still 2xx where every item of a whole body is bad', async () => {
    const { port, store } = await openTestDoor();
    const answer = await call(port, { body: body(1, 'x', null, [], {}, { object: 'trace' }) });
    expect(answer.status).toBe(200);
    expect(store.library.traceCount).toBe(0);
  });

  it('keeps the good lines of live events, and answers 400 where none is', async () => {
    const { port, store } = await openTestDoor();
    const good = JSON.stringify({ event: 'on_span_end', at: '', item: makeSpan('t', 's1') });
    const mixed = await call(port, {
      path: '/v1/events',
      body: `${good}\n{"broken\n${good.replace('s1', 's2')}\n`,
    });
    expect(mixed.status).toBe(200);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
    expect((await call(port, { path: '/v1/events', body: 'no json\nat all' })).status).toBe(400);
  });

  it('fault 24: invalid UTF-8 is refused; NUL and lone surrogates are kept as escapes', async () => {
    const { port, store, directory } = await openTestDoor();
    const invalid = Buffer.from(body(makeSpan('t', 's-x-')), 'utf8');
    invalid[invalid.indexOf('-x-') + 1] = 0xff;
    const answer = await call(port, { body: invalid });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'not-utf8' } });
    const odd = JSON.stringify(makeSpan('t', 's1', { error: { message: 'nul \0 and \ud83d' } }));
    expect((await call(port, { body: `{"data":[${odd}]}` })).status).toBe(204);
    expect(store.readSpans('t', ['s1'])[0]?.record['error']).toEqual({ message: 'nul \0 and \ud83d' });
    await store.close();
    const journal = await readFile(join(directory, 'journal', '000001.jsonl'));
    expect(journal.includes(0)).toBe(false);
    expect(journal.includes(Buffer.from('\ufffd'))).toBe(false);
  });

  it('fault 25: JSON nested 100,000 deep breaks nothing: a body of it is 400, an item of it is left out', async () => {
    const { port, store } = await openTestDoor();
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect((await call(port, { body: '['.repeat(100_000) })).status).toBe(400);
    expect((await call(port, { body: `{"x":${deep}}` })).status).toBe(400);
    const item = JSON.stringify(makeSpan('t', 's1')).replace('"ok"', deep);
    const good = JSON.stringify(makeSpan('t', 's2'));
    for (const text of [`{"data":[${item},${good}]}`, `{"first":1,"data":[${item},${good}]}`]) {
      const answer = await call(port, { body: text });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({
        accepted: 1,
        rejected: [{ position: 0, code: 'too-deep' }],
      });
    }
    expect(spanIdsOf(store)).toEqual({ t: ['s2'] });
  });

  it('fault 26: NaN is no JSON; impossible token counts are unknown and leave the totals alone', async () => {
    const { port, store } = await openTestDoor();
    expect((await call(port, { body: '{"data":[{"usage":NaN}]}' })).status).toBe(400);
    const usages = [
      '{"input_tokens":1e999,"output_tokens":1}',
      '{"input_tokens":9007199254740993,"output_tokens":2}',
      '{"input_tokens":-5,"output_tokens":3}',
      '{"input_tokens":10,"output_tokens":5}',
    ];
    const items = usages.map((usage, i) =>
      JSON.stringify(
        makeSpan('t', `s${String(i)}`, { span_data: { type: 'generation', usage: 'USAGE' } }),
      ).replace('"USAGE"', usage),
    );
    expect((await call(port, { body: `{"data":[${items.join(',')}]}` })).status).toBe(204);
    expect(store.library.findSummary('t')?.tokens).toMatchObject({ input: 10, total: 15, basis: 'partial' });
  });

  it('fault 27: an unknown span type and unknown fields are kept and shown as custom', async () => {
    const { port, store } = await openTestDoor();
    const odd = makeSpan('t', 's1', { span_data: { type: 'telepathy', waves: [1] }, new_field: { a: 1 } });
    expect((await call(port, { body: body(odd) })).status).toBe(204);
    expect(store.library.findSummary('t')?.spansByKind).toEqual({ custom: 1 });
    expect(store.readSpans('t', ['s1'])[0]?.record).toEqual(odd);
  });

  it('fault 47: __proto__, constructor and prototype are plain data everywhere', async () => {
    const { port, store } = await openTestDoor();
    const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
    const odd = `{"polluted":true}`;
    const spans = names.map((name) =>
      JSON.stringify(
        makeSpan(name, name, { parent_id: name, span_data: { type: 'function', name } }),
      ).replace('"error":null', `"error":null,"__proto__":${odd},"constructor":{"prototype":${odd}}`),
    );
    const traces = names.map((name) => `{"object":"trace","id":"${name}","metadata":{"__proto__":${odd}}}`);
    const answer = await call(port, {
      body: `{"data":[${[...spans, ...traces].join(',')}],"__proto__":${odd}}`,
    });
    expect(answer.status).toBe(204);
    expect(Object.keys(spanIdsOf(store))).toHaveLength(names.length);
    const [detail] = store.readSpans('__proto__', ['__proto__']);
    expect(Object.getOwnPropertyDescriptor(detail?.record ?? {}, '__proto__')?.value).toEqual({
      polluted: true,
    });
    expect(Object.keys(store.library.findSummary('toString')?.tools ?? {})).toEqual(['toString']);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  it('refuses keys that the journal keeps for its own lines', async () => {
    const { port, store } = await openTestDoor();
    const fake = { $block: [1, 2, 3], ...makeSpan('t', 's1') };
    const answer = await call(port, { body: body(fake, makeSpan('t', 's2')) });
    expect(JSON.parse(answer.body)).toMatchObject({ rejected: [{ position: 0, code: 'reserved-key' }] });
    expect(spanIdsOf(store)).toEqual({ t: ['s2'] });
  });
});
