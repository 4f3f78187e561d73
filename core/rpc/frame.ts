/**
 * One message on the wire. Without bytes it is JSON text; with bytes it is binary:
 * u32 little-endian length of the JSON head, the head, zeros up to a multiple of 8, then the bytes.
 */
import { isJsonObject } from '../model/json.ts';
import type { Message } from './contract.ts';

export interface Frame {
  readonly message: Message;
  readonly bytes: Uint8Array | undefined;
}

/** What a port carries. */
export type FrameData = string | Uint8Array<ArrayBuffer>;

const LENGTH_BYTES = 4;

export function encodeFrame(message: Message, bytes?: Uint8Array): FrameData {
  const json = JSON.stringify(message);
  if (bytes === undefined) return json;
  const head = new TextEncoder().encode(json);
  const bytesAt = pad(LENGTH_BYTES + head.length);
  const frame = new Uint8Array(bytesAt + bytes.length);
  new DataView(frame.buffer).setUint32(0, head.length, true);
  frame.set(head, LENGTH_BYTES);
  frame.set(bytes, bytesAt);
  return frame;
}

/** Reads a frame; undefined where it is none. The other end is not trusted to speak the contract. */
export function decodeFrame(data: string | Uint8Array): Frame | undefined {
  try {
    if (typeof data === 'string') return readMessage(data, undefined);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const headLength = view.getUint32(0, true);
    const headEnd = LENGTH_BYTES + headLength;
    if (headEnd > data.length) return undefined;
    const head = new TextDecoder().decode(data.subarray(LENGTH_BYTES, headEnd));
    return readMessage(head, data.subarray(pad(headEnd)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function readMessage(json: string, bytes: Uint8Array | undefined): Frame | undefined {
  const message: unknown = JSON.parse(json);
  return isMessage(message) ? { message, bytes } : undefined;
}

/** Checks the envelope; what a request carries is checked by whoever answers it. */
function isMessage(value: unknown): value is Message {
  if (!isJsonObject(value)) return false;
  switch (value['type']) {
    case 'request':
      return isId(value['id']) && typeof value['name'] === 'string';
    case 'result':
      return isId(value['id']);
    case 'error':
      return isId(value['id']) && typeof value['code'] === 'string' && typeof value['message'] === 'string';
    case 'event':
      return typeof value['name'] === 'string';
    default:
      return false;
  }
}

function isId(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
