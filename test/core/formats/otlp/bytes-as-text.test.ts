/** Bytes as text: right for every length, and quick for the longest value that a body can hold. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64Of, hexOf } from '../../../../core/formats/otlp/bytes-as-text.ts';

it('writes what Node writes, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(hexOf(bytes)).toBe(Buffer.from(bytes).toString('hex'));
    }),
  );
});

it('is done with a value of 32 MB long before a client would give up', { timeout: 15_000 }, () => {
  const bytes = Buffer.alloc(32 * 1024 * 1024, 'any');
  expect(base64Of(bytes) === bytes.toString('base64')).toBe(true);
});
