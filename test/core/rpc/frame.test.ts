/** Messages on the wire: what one end writes the other reads, and rubbish is no message. */
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../core/rpc/frame.ts';
import type { Message } from '../../../core/rpc/contract.ts';

const message: Message = { type: 'result', id: 4, result: { text: 'Grüße, 世界 🌍' } };

describe('a frame', () => {
  it('is plain JSON text without bytes', () => {
    const data = encodeFrame(message);
    expect(typeof data).toBe('string');
    expect(decodeFrame(data)).toEqual({ message, bytes: undefined });
  });

  it('carries bytes behind a head, aligned to 8', () => {
    const data = encodeFrame(message, new Uint8Array([1, 2, 3]));
    if (typeof data === 'string') throw new Error('expected bytes');
    expect((data.length - 3) % 8).toBe(0);
    const frame = decodeFrame(data);
    expect(frame?.message).toEqual(message);
    expect([...(frame?.bytes ?? [])]).toEqual([1, 2, 3]);
  });

  it('tells no bytes from an empty block of bytes', () => {
    expect(decodeFrame(encodeFrame(message, new Uint8Array(0)))?.bytes).toHaveLength(0);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"type":"request","id":"1","name":"hello"}',
    '{"type":"event"}',
    '{"type":"error","id":1}',
    '{"type":"shutdown"}',
    new Uint8Array(0),
    new Uint8Array([255, 255, 255, 255, 1]),
    new Uint8Array([2, 0, 0, 0, 123, 123, 0, 0]),
  ])('is none where the other end sends rubbish: %j', (data) => {
    expect(decodeFrame(data)).toBeUndefined();
  });
});
