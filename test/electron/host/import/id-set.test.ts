/** The set that counts spans agrees with a set of strings. */
import { expect, it } from 'vitest';
import { IdSet } from '../../../../electron/host/import/id-set.ts';
import { Prng } from '../../../generate/prng.ts';

it('counts distinct spans as a set of strings does', () => {
  const prng = new Prng(8);
  const ids = new IdSet();
  const texts = new Set<string>();
  for (let i = 0; i < 50_000; i++) {
    const trace = prng.int(0, 40);
    const span = prng.chance(0.5) ? `span_${prng.hex(24)}` : String(prng.int(0, 800));
    expect(ids.add(trace, span)).toBe(!texts.has(`${String(trace)} ${span}`));
    texts.add(`${String(trace)} ${span}`);
  }
  expect(ids.size).toBe(texts.size);
});

it('tells the same id in two traces apart', () => {
  const ids = new IdSet();
  expect([ids.add(1, '23'), ids.add(12, '3'), ids.add(2, '23'), ids.add(1, '23')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
