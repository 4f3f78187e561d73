/** Bytes as hex and base64, in time and memory that grow with them alone: a body may be one value of 64 MB. */
import { at } from '../../model/assert.ts';

const ENCODER = new TextEncoder();
const HEX_DIGITS = ENCODER.encode('0123456789abcdef');
const BASE64_DIGITS = ENCODER.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;

/** Lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  const text = new Uint8Array(bytes.length * 2);
  bytes.forEach((byte, i) => {
    text[2 * i] = at(HEX_DIGITS, byte >> 4);
    text[2 * i + 1] = at(HEX_DIGITS, byte & 15);
  });
  return new TextDecoder().decode(text);
}

/** Base64 with its padding, on one line. */
export function base64Of(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  for (let i = 0, to = 0; i < bytes.length; i += 3, to += 4) {
    const left = bytes.length - i;
    const three = (at(bytes, i) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[to] = at(BASE64_DIGITS, three >> 18);
    text[to + 1] = at(BASE64_DIGITS, (three >> 12) & 63);
    if (left > 1) text[to + 2] = at(BASE64_DIGITS, (three >> 6) & 63);
    if (left > 2) text[to + 3] = at(BASE64_DIGITS, three & 63);
  }
  return new TextDecoder().decode(text);
}
