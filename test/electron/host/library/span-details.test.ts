/** The full records of chosen spans: found without walking the trace, and cut by size. */
import { describe, expect, it, vi } from 'vitest';
import { SpanTable } from '../../../../core/model/span-table.ts';
import { makeBatch, makeSpan, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function openWith(...batches: readonly (readonly object[])[]): Promise<StoreFixture> {
  const fixture = await openTestStore(await makeTemporaryDirectory(), { limits: { bytes: 2000 } });
  for (const items of batches) await fixture.store.append(makeBatch(items), true);
  return fixture;
}

const spans = (from: number, to: number, more: object = {}): object[] =>
  Array.from({ length: to - from }, (_, i) => makeSpan('t', `s${String(from + i)}`, more));

describe('readSpans', () => {
  it('finds every report of a span, of whatever form its id is, over several segments', async () => {
    const odd = ['s1', 'span_0123456789abcdef01234567', '0123456789abcdef', 'SPAN_0123456789ABCDEF01234567'];
    const open = odd.map((id) => makeSpan('t', id, { ended_at: null }));
    const ended = odd.map((id) => makeSpan('t', id));
    const { store } = await openWith(open, spans(10, 20), ended);
    const details = store.readSpans('t', [...odd, 'nobody', 's1']);
    expect(details.map(({ spanId }) => spanId)).toEqual(odd);
    expect(details.map(({ reports }) => reports)).toEqual([2, 2, 2, 2]);
    expect(details.map(({ record }) => record['ended_at'])).toEqual(
      odd.map(() => '2026-06-01T00:00:01.000Z'),
    );
  });

  it('makes a text of no id, however many spans the trace has and however often it is asked', async () => {
    const { store } = await openWith(spans(0, 200));
    const texts = vi.spyOn(SpanTable.prototype, 'spanId');
    for (let i = 0; i < 200; i++) expect(store.readSpans('t', [`s${String(i)}`])).toHaveLength(1);
    expect(texts).not.toHaveBeenCalled();
    texts.mockRestore();
  });

  it('stops before it has read too much, and says which spans are left', async () => {
    const { store } = await openWith(spans(0, 3, { error: { message: 'x'.repeat(1000) } }));
    const ids = ['s0', 's1', 's2'];
    expect(store.readSpansUpTo('t', ids, 10)).toMatchObject({
      spans: [{ spanId: 's0' }],
      rest: ['s1', 's2'],
    });
    expect(store.readSpansUpTo('t', ids, 2900)).toMatchObject({ rest: ['s2'] });
    expect(store.readSpansUpTo('t', ids, 10_000)).toMatchObject({ rest: [] });
  });
});
