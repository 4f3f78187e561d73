/** Words looked for in the journal of a store: all that a plain reading of every line finds, and nothing deleted. */
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SearchDone, SearchHit } from '../../../../core/rpc/search.ts';
import { BadQueryError } from '../../../../electron/host/corpus/corpus-desk.ts';
import { readPrices } from '../../../../electron/host/prices/read-prices.ts';
import { scanHere } from '../../../../electron/host/search/scan-crew.ts';
import { NoWordsError, SearchDesk } from '../../../../electron/host/search/search-desk.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

interface Searched {
  readonly hits: readonly SearchHit[];
  readonly done: SearchDone;
}

async function openDesk(items: readonly object[] = [], limits: { readonly bytes?: number } = {}) {
  const directory = await makeTemporaryDirectory();
  const { store } = await openTestStore(directory, { limits });
  for (const item of items) await store.append(makeBatch([item]), true);
  const desk = openDeskOver(store, directory);
  return { store, directory, desk, search: makeSearch(desk) };
}

function openDeskOver(store: TraceStore, directory: string): SearchDesk {
  const desk = new SearchDesk({
    library: store.library,
    directory: join(directory, 'journal'),
    clock: () => NOW_US,
    readPrices: () => readPrices(directory),
    crew: scanHere,
  });
  onTestFinished(() => {
    desk.stop();
  });
  return desk;
}

function makeSearch(desk: SearchDesk) {
  return async (words: string, query = '', meanwhile?: () => void): Promise<Searched> => {
    const hits: SearchHit[] = [];
    const done = await desk.start({ runId: 'r', words, query }, (found) => {
      hits.push(...found);
      meanwhile?.();
    });
    return { hits, done };
  };
}

function saying(traceId: string, spanId: string, output: unknown): object {
  return makeSpan(traceId, spanId, { span_data: { type: 'function', name: 'lookup', input: '{}', output } });
}

function ids({ hits }: Searched): readonly string[] {
  return hits.map(({ traceId, spanId }) => `${traceId}/${spanId}`).sort();
}

const words = fc.string({
  unit: fc.constantFrom(...Array.from('abAB é"\\/\n🙂')),
  minLength: 1,
  maxLength: 3,
});
const output = fc.oneof(
  words,
  fc.array(words, { maxLength: 3 }),
  fc.record({ deep: fc.record({ said: words }) }),
  words.map((text) => JSON.stringify({ said: text })),
);

describe('what is found', () => {
  test('is what a plain reading of every value finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(output, { minLength: 1, maxLength: 12 }), words, async (outputs, wanted) => {
        const piece = wanted.replaceAll('"', '').trim();
        fc.pre(piece !== '');
        const { search } = await openDesk(outputs.map((value, i) => saying('t', `s${String(i)}`, value)));
        const expected = outputs.flatMap((value, i) => (holds(value, piece) ? [`t/s${String(i)}`] : []));
        expect(ids(await search(`"${piece}"`))).toEqual(expected.sort());
      }),
      { numRuns: 40 },
    );
  });

  test('says in which trace, span and text, with what stands around it', async () => {
    const { search } = await openDesk([saying('t1', 's1', { said: 'a Refund of 42' })]);
    const { hits, done } = await search('refund');
    expect(hits[0]).toMatchObject({
      traceId: 't1',
      spanId: 's1',
      kind: 'function',
      name: 'lookup',
      count: 1,
    });
    expect(hits[0]?.texts).toEqual([{ path: 'output.said', before: 'a ', match: 'Refund', after: ' of 42' }]);
    expect(done).toMatchObject({ spans: 1, traces: 1, capped: false, cancelled: false });
    expect(done.bytesRead).toBe(done.bytesTotal);
  });

  test('is told once, however often its span was reported', async () => {
    const { search } = await openDesk([saying('t', 's', 'refund'), saying('t', 's', 'refund')]);
    expect(ids(await search('refund'))).toEqual(['t/s']);
  });

  test('stands in traces that the query finds', async () => {
    const { search } = await openDesk([saying('t1', 's', 'refund'), saying('t2', 's', 'refund')]);
    expect(ids(await search('refund', 'id:t2'))).toEqual(['t2/s']);
    await expect(search('refund', 'nothing:like:that(')).rejects.toThrow(BadQueryError);
    await expect(search('""')).rejects.toThrow(NoWordsError);
  });

  test('may stand in a payload of megabytes', async () => {
    const { search } = await openDesk([
      saying('t', 's', `${'x'.repeat(3_000_000)} refund ${'y'.repeat(100)}`),
    ]);
    expect(ids(await search('refund'))).toEqual(['t/s']);
  });
});

function holds(value: unknown, piece: string): boolean {
  if (typeof value === 'string') {
    if (same(value).includes(same(piece))) return true;
    return value.startsWith('{') && holds(JSON.parse(value), piece);
  }
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((each) => holds(each, piece))
  );
}

function same(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ');
}

describe('what was deleted', () => {
  test('is not found, and what came again is', async () => {
    const { store, search } = await openDesk([saying('t1', 's', 'refund'), saying('t2', 's', 'refund')]);
    await store.delete(['t1', 't2'], false, 'user');
    await store.append(makeBatch([saying('t2', 'again', 'refund')]), true);
    expect(ids(await search('refund'))).toEqual(['t2/again']);
  });

  test('is not found in compacted segments, also while they are rewritten', async () => {
    const items = Array.from({ length: 40 }, (_, i) =>
      saying(`t${String(i)}`, 's', `refund ${'x'.repeat(900)}`),
    );
    const { store, search } = await openDesk(items, { bytes: 8000 });
    const gone = Array.from({ length: 20 }, (_, i) => `t${String(i * 2)}`);
    let compacting: Promise<unknown> | undefined;
    const during = await search('refund', '', () => {
      compacting ??= store.delete(gone, false, 'user').then(() => store.compactor?.run());
    });
    await compacting;
    const left = Array.from({ length: 20 }, (_, i) => `t${String(i * 2 + 1)}/s`);
    expect(ids(during)).toEqual(expect.arrayContaining(left));
    expect(ids(await search('refund'))).toEqual(left.sort());
  });
});

describe('a search', () => {
  test('ends where it is told to stop, and says so', async () => {
    const items = Array.from({ length: 60 }, (_, i) =>
      saying('t', `s${String(i)}`, `refund ${'x'.repeat(900)}`),
    );
    const { desk, search } = await openDesk(items, { bytes: 8000 });
    const { done } = await search('refund', '', () => {
      desk.cancel('r');
    });
    expect(done.cancelled).toBe(true);
    expect(done.bytesRead).toBeLessThan(done.bytesTotal);
  });

  test('ends when enough was found', async () => {
    const items = Array.from({ length: 1100 }, (_, i) => saying('t', `s${String(i)}`, 'refund'));
    const { store, search } = await openDesk();
    await store.append(makeBatch(items), true);
    const { done, hits } = await search('refund');
    expect(done).toMatchObject({ capped: true, cancelled: false, spans: 1000 });
    expect(hits).toHaveLength(1000);
  });
});
