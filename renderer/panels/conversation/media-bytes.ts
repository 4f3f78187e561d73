/** Images and sounds that a trace itself holds, as blobs of this page: nothing is fetched to show them. */
import type { Media } from '../../../core/analysis/read-media.ts';

/** More letters of base64 than this are not unpacked: they would be felt. */
const LONGEST = 32_000_000;
const HEAD_BYTES = 44;

/** undefined where the text is no base64, or too long. */
export function readMediaBlob(media: Exclude<Media, { kind: 'elsewhere' }>): Blob | undefined {
  if (media.base64.length > LONGEST) return undefined;
  const bytes = readBase64(media.base64);
  if (bytes === undefined) return undefined;
  if (media.kind !== 'samples') return new Blob([bytes], { type: media.mime });
  return new Blob([waveHead(bytes.length, media.rate), bytes], { type: 'audio/wav' });
}

function readBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return bytes;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** RIFF/WAVE, PCM, one channel of 16 bits. */
function waveHead(length: number, rate: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  const write = (offset: number, text: string): void => {
    for (let i = 0; i < text.length; i++) head[offset + i] = text.charCodeAt(i);
  };
  write(0, 'RIFF');
  view.setUint32(4, length + HEAD_BYTES - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, length, true);
  return head;
}
