/** The 64 bytes before a block: fixed width, valid JSON, and a checksum over everything that matters. */
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  BLOCK_HEADER_BYTES,
  encodeBlockHeader,
  isBlockIntact,
  readBlockHeader,
} from '../../../core/journal/block-header.ts';
import { buildSegment } from './segment-builder.ts';

const encoder = new TextEncoder();

describe('a block header', () => {
  it('is one line of 64 bytes that parses as JSON', () => {
    const header = encodeBlockHeader({ seq: 7, lines: 2 }, [encoder.encode('{}\n{}\n')], crc32);
    const text = new TextDecoder().decode(header);
    expect(header).toHaveLength(BLOCK_HEADER_BYTES);
    expect(text.endsWith('\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      $block: [7, 6, 2],
      crc: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    });
  });

  it('reads back what was written', () => {
    const header = encodeBlockHeader(
      { seq: 1_234_567_890, lines: 9_999_999 },
      [encoder.encode('x\n')],
      crc32,
    );
    expect(readBlockHeader(header, 0)).toMatchObject({ seq: 1_234_567_890, lines: 9_999_999, bodyBytes: 2 });
  });

  it('has the checksum of the reference: the header up to "crc", then the body', () => {
    const body = encoder.encode('{"a":1}\n');
    const header = encodeBlockHeader({ seq: 1, lines: 1 }, [body], crc32);
    const expected = crc32(Buffer.concat([header.subarray(0, 41), body]));
    expect(readBlockHeader(header, 0)?.crc).toBe(expected);
  });

  it('refuses numbers that do not fit', () => {
    expect(() => encodeBlockHeader({ seq: 12_345_678_901, lines: 1 }, [], crc32)).toThrow(RangeError);
    expect(() => encodeBlockHeader({ seq: 1, lines: 10_000_000 }, [], crc32)).toThrow(RangeError);
  });

  it('is not taken for one when any of its bytes changes, the padding included', () => {
    const { bytes } = buildSegment([['{"a":1}']]);
    for (let place = 0; place < BLOCK_HEADER_BYTES; place++) {
      const broken = bytes.slice();
      broken[place] = (broken[place] ?? 0) ^ 1;
      const header = readBlockHeader(broken, 0);
      const accepted = header !== undefined && isBlockIntact(broken, 0, header, crc32);
      expect(accepted, `byte ${String(place)}`).toBe(false);
    }
  });
});
