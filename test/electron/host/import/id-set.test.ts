/** The set that counts spans agrees with a set of strings. */
import { expect, it } from 'vitest';
import { IdSet } from '../../../../electron/host/import/id-set.ts';
import { Prng } from '../../../generate/prng.ts';

it('counts distinct pairs as a set of strings does', () => {
  const prng = new Prng(8);
  const ids = new IdSet();
  const texts = new Set<string>();
  for (let i = 0; i < 50_000; i++) {
    const trace = `trace_${String(prng.int(0, 40))}`;
    const span = prng.chance(0.5) ? `span_${prng.hex(24)}` : String(prng.int(0, 800));
    expect(ids.add(trace, span)).toBe(!texts.has(`${trace} ${span}`));
    texts.add(`${trace} ${span}`);
  }
  expect(ids.size).toBe(texts.size);
});

it('tells pairs apart that join to the same text', () => {
  const ids = new IdSet();
  expect([ids.add('ab', 'c'), ids.add('a', 'bc'), ids.add('', 'abc'), ids.add('abc', '')]).toEqual(
    Array(4).fill(true),
  );
});
