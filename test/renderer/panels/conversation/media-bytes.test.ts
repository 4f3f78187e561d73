import { expect, test } from 'vitest';
import { readMediaBlob } from '../../../../renderer/panels/conversation/media-bytes.ts';

test('an image is its bytes, of the type that was allowed', async () => {
  const blob = readMediaBlob({ kind: 'image', mime: 'image/png', base64: btoa('bytes') });
  expect(blob?.type).toBe('image/png');
  expect(await blob?.text()).toBe('bytes');
});

test('bare samples get the head of a wave file', async () => {
  const blob = readMediaBlob({ kind: 'samples', rate: 24_000, base64: btoa('\u0001\u0000\u0002\u0000') });
  const view = new DataView((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(blob?.size).toBe(48);
  expect([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([
    40, 24_000, 4,
  ]);
});

test('what is no base64 is told, not thrown', () => {
  expect(readMediaBlob({ kind: 'image', mime: 'image/png', base64: '*** no ***' })).toBeUndefined();
});
