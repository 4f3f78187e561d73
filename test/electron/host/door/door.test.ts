/** What the door takes and what it says: the checklist of the SDKs' wire. */
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSpan, spanIdsOf } from '../store-fixture.ts';
import { call, openTestDoor } from './door-fixture.ts';

const body = (...items: unknown[]): string => JSON.stringify({ data: items });
const trace = { object: 'trace', id: 't', workflow_name: 'Desk', group_id: null, metadata: null };

describe('the door', () => {
  it('answers 204 with nothing behind it, on every spelling of the path', async () => {
    const { port, store } = await openTestDoor();
    const paths = ['/v1/traces/ingest', '/v1/traces/ingest/', '/traces/ingest', '/traces/ingest/?x=1'];
    for (const [i, path] of paths.entries()) {
      const answer = await call(port, { path, body: body(makeSpan('t', `s${String(i)}`)) });
      expect(answer).toMatchObject({ status: 204, body: '' });
    }
    expect(spanIdsOf(store)).toEqual({ t: ['s0', 's1', 's2', 's3'] });
  });

  it('takes what it answered 204 for into the next list, at once', async () => {
    const { port, store } = await openTestDoor();
    for (let i = 1; i <= 20; i++) {
      await call(port, { body: body(makeSpan('t', `s${String(i)}`)) });
      expect(store.library.findSummary('t')?.spans).toBe(i);
    }
  });

  it('takes an empty batch, a bare array and a body that was written over several lines', async () => {
    const { port, store } = await openTestDoor();
    expect((await call(port, { body: body() })).status).toBe(204);
    expect((await call(port, { body: JSON.stringify([trace]) })).status).toBe(204);
    const pretty = JSON.stringify({ data: [makeSpan('t', 's1')] }, undefined, 2);
    expect((await call(port, { body: pretty })).status).toBe(204);
    expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
    expect(store.library.findSummary('t')?.workflowName).toBe('Desk');
  });

  it('takes a body whose data is not its first key, or stands there twice', async () => {
    const { port, store } = await openTestDoor();
    const item = JSON.stringify(makeSpan('t', 's1'));
    expect((await call(port, { body: `{"sdk":{"v":[1]},"data":[${item}]}` })).status).toBe(204);
    const second = JSON.stringify(makeSpan('t', 's2'));
    expect((await call(port, { body: `{"data":[${item}],"data":[${second}]}` })).status).toBe(204);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
  });

  it('stores an item’s own bytes, so that no number and no escape changes', async () => {
    const { port, directory, store } = await openTestDoor();
    const odd = JSON.stringify(makeSpan('t', 's1')).replace(
      '"ok"',
      '"\\u00e4", "n": 12345678901234567890, "e":1E2',
    );
    await call(port, { body: `{"data":[${odd}]}` });
    await store.close();
    const journal = await readFile(join(directory, 'journal', '000001.jsonl'), 'utf8');
    expect(journal.split('\n')).toContain(odd);
  });

  it('takes any Authorization and keeps none of it', async () => {
    const { port, directory, store, board } = await openTestDoor();
    const headers = { authorization: 'Bearer sk-very-secret', 'openai-beta': 'traces=v1' };
    expect((await call(port, { headers, body: body(trace) })).status).toBe(204);
    await store.close();
    const journal = await readFile(join(directory, 'journal', '000001.jsonl'), 'utf8');
    expect(journal + JSON.stringify(board.counts)).not.toContain('sk-very-secret');
  });

  it('understands gzip', async () => {
    const { port, store } = await openTestDoor();
    const headers = { 'content-encoding': 'gzip' };
    expect((await call(port, { headers, body: gzipSync(body(makeSpan('t', 's1'))) })).status).toBe(204);
    expect(spanIdsOf(store)).toEqual({ t: ['s1'] });
    expect((await call(port, { headers, body: 'not gzip' })).status).toBe(400);
    const half = gzipSync(body(makeSpan('t', 's2'))).subarray(0, 40);
    expect((await call(port, { headers, body: half })).status).toBe(400);
    expect((await call(port, { headers: { 'content-encoding': 'br' }, body: 'x' })).status).toBe(415);
  });

  it('fault 29: a batch that is sent again changes nothing', async () => {
    const { port, store } = await openTestDoor();
    const batch = body(trace, makeSpan('t', 's1'), makeSpan('t', 's2'));
    await call(port, { body: batch });
    const before = store.library.findSummary('t');
    await call(port, { body: batch });
    expect(store.library.findSummary('t')).toEqual(before);
  });

  it('fault 30: of two spans with one id and different bodies one wins whatever came first, and it is said', async () => {
    const [a, b] = [
      makeSpan('t', 's1', { error: { message: 'a' } }),
      makeSpan('t', 's1', { error: { message: 'b' } }),
    ];
    const won: unknown[] = [];
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      const { port, store } = await openTestDoor();
      for (const item of order) await call(port, { body: body(item) });
      const [detail] = store.readSpans('t', ['s1']);
      expect(detail?.diagnostics).toMatchObject([{ code: 'span-conflict' }]);
      expect(store.library.findTrace('t')?.diagnostics).toMatchObject([{ code: 'span-conflict' }]);
      won.push(detail?.record['error']);
    }
    expect(won[0]).toEqual(won[1]);
  });

  it('fault 31: an end that comes before its start makes one ended span', async () => {
    const { port, store } = await openTestDoor();
    const item = makeSpan('t', 's1');
    const event = (name: string, of: object): string =>
      JSON.stringify({ event: name, at: '2026-06-01T00:00:02Z', item: of });
    const headers = { 'content-type': 'application/x-ndjson' };
    for (const line of [event('on_span_end', item), event('on_span_start', { ...item, ended_at: null })]) {
      expect((await call(port, { path: '/v1/events', headers, body: `${line}\n` })).status).toBe(204);
    }
    expect(store.library.findSummary('t')).toMatchObject({ spans: 1, durationMs: 1000 });
  });

  it('takes live events with their private parts as input and response', async () => {
    const { port, store } = await openTestDoor();
    const item = makeSpan('t', 's1', { span_data: { type: 'response', response_id: 'r' } });
    const hidden = { _input: [{ role: 'user', content: 'hi' }], _response: { model: 'gpt-5' } };
    const event = { event: 'on_span_end', at: '2026-06-01T00:00:02Z', item, private_span_data: hidden };
    await call(port, { path: '/v1/events', body: JSON.stringify(event) });
    expect(store.readSpans('t', ['s1'])[0]?.record).toMatchObject({
      span_data: { input: hidden._input, response: hidden._response },
    });
  });

  it('asks for patience with 503 and retry-after while the journal cannot be written', async () => {
    const { port, files, store, board, availability } = await openTestDoor();
    files.failOn('datasync');
    for (let i = 0; i < 2; i++) {
      const answer = await call(port, { body: body(makeSpan('t', 's1')) });
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(availability).toHaveLength(1);
    expect(board.counts.acknowledged).toBe(0);
    expect(spanIdsOf(store)).toEqual({});
  });
});
