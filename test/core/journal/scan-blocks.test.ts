/** Walking a segment: every undamaged block is found, whatever happened to the others. */
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scanBlocks, type ScannedPiece } from '../../../core/journal/scan-blocks.ts';
import { Prng } from '../../generate/prng.ts';
import { buildSegment, type BuiltSegment } from './segment-builder.ts';

function scan(bytes: Uint8Array): readonly ScannedPiece[] {
  return [...scanBlocks(bytes, crc32)];
}

function blockOffsets(bytes: Uint8Array): readonly number[] {
  return scan(bytes).flatMap((piece) => (piece.kind === 'block' ? piece.offset : []));
}

/** 300 blocks whose strings hold fake headers, as a hostile client would send them. */
function buildHostileSegment(prng: Prng): BuiltSegment {
  const fake = '{"$block":[         1,        3,      1],"crc":"00000000"}     ';
  const bodies = Array.from({ length: 300 }, (_, i) =>
    Array.from({ length: prng.int(1, 4) }, () =>
      JSON.stringify({
        i,
        text: `${prng.hex(prng.int(1, 200))}\n${fake}\n${fake}`,
        nested: { $block: [1, 3, 1], crc: '00000000' },
      }),
    ),
  );
  return buildSegment(bodies);
}

describe('scanning blocks', () => {
  it('finds every block of a clean segment, one behind the other', () => {
    const { bytes, blocks } = buildSegment([['{"a":1}', '{"b":2}'], ['{"c":3}']]);
    expect(scan(bytes)).toMatchObject([
      { kind: 'block', offset: blocks[0]?.offset, end: blocks[0]?.end, lines: 2, seq: 1 },
      { kind: 'block', offset: blocks[1]?.offset, end: blocks[1]?.end, lines: 1, seq: 2 },
    ]);
  });

  it('fault 04: calls bytes behind the last whole block a tail', () => {
    const { bytes, blocks } = buildSegment([['{"a":1}'], ['{"b":2}']]);
    const cut = bytes.subarray(0, bytes.length - 3);
    expect(scan(cut).at(-1)).toEqual({
      kind: 'damage',
      offset: blocks[1]?.offset,
      end: cut.length,
      tail: true,
    });
  });

  it('fault 05: steps over a damaged block and goes on with the next', () => {
    const { bytes, blocks } = buildSegment([['{"a":1}'], ['{"b":2}'], ['{"c":3}']]);
    const inside = (blocks[1]?.offset ?? 0) + 66;
    bytes[inside] = (bytes[inside] ?? 0) ^ 4;
    expect(scan(bytes).map(({ kind }) => kind)).toEqual(['block', 'damage', 'block']);
    expect(blockOffsets(bytes)).toEqual([blocks[0]?.offset, blocks[2]?.offset]);
  });

  it('reads zeros behind the last block as a tail', () => {
    const { bytes, blocks } = buildSegment([['{"a":1}']]);
    const padded = new Uint8Array(bytes.length + 1_000_000);
    padded.set(bytes);
    expect(blockOffsets(padded)).toEqual([0]);
    expect(scan(padded).at(-1)).toMatchObject({ kind: 'damage', offset: blocks[0]?.end, tail: true });
  });

  it('loses no undamaged block over 600 seeded cuts, flips, zeroed pages and header hits', () => {
    const prng = new Prng(20_261_122);
    const { bytes, blocks } = buildHostileSegment(prng);
    for (let round = 0; round < 600; round++) {
      const { broken, from, to } = damage(bytes, blocks, prng);
      const found = new Set(blockOffsets(broken));
      const undamaged = blocks.filter(({ offset, end }) => end <= from || offset >= to);
      const whole = undamaged.filter(({ end }) => end <= broken.length);
      const lost = whole.filter(({ offset }) => !found.has(offset));
      expect(lost, `round ${String(round)}`).toEqual([]);
      for (const offset of found) expect(blocks.some((block) => block.offset === offset)).toBe(true);
    }
  }, 90_000);
});

/** Damages `[from, to)` in one of five ways. */
function damage(
  bytes: Uint8Array<ArrayBuffer>,
  blocks: BuiltSegment['blocks'],
  prng: Prng,
): { readonly broken: Uint8Array; readonly from: number; readonly to: number } {
  const from = prng.int(0, bytes.length - 1);
  const broken = bytes.slice();
  switch (prng.int(0, 4)) {
    case 0:
      return { broken: broken.subarray(0, from), from, to: bytes.length };
    case 1:
      broken[from] = (broken[from] ?? 0) ^ (1 << prng.int(0, 7));
      return { broken, from, to: from + 1 };
    case 2: {
      const to = Math.min(from + 8192, bytes.length);
      broken.fill(0, from, to);
      return { broken, from, to };
    }
    case 3: {
      const place = prng.pick(blocks).offset + prng.int(0, 63);
      broken[place] = prng.int(0, 255);
      return { broken, from: place, to: place + 1 };
    }
    default:
      broken.fill(0, from);
      return { broken, from, to: bytes.length };
  }
}
