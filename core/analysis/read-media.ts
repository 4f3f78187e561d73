/**
 * What an image or a sound of a message is: bytes that the trace itself holds, or an address elsewhere. Only
 * the first may be shown; nothing is ever fetched.
 */
import { isJsonObject, objectAt, stringAt, type Json, type JsonObject } from '../model/json.ts';

export type Media =
  | {
      readonly kind: 'image' | 'audio';
      /** One of the types below, so that no document or script is ever among them. */
      readonly mime: string;
      readonly base64: string;
    }
  /** Samples without a head, as voice models write them: 16 bits, one channel. */
  | { readonly kind: 'samples'; readonly rate: number; readonly base64: string }
  | { readonly kind: 'elsewhere'; readonly address: string };

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);
const SOUNDS: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  wave: 'audio/wav',
  'x-wav': 'audio/wav',
  mp3: 'audio/mpeg',
  mpeg: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  webm: 'audio/webm',
};
/** What the voice pipeline of the SDK uses. */
const SAMPLE_RATE = 24_000;
const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+)(?:;[a-z0-9=._-]+)*;base64,/i;
/** Longer texts are an address only by mistake. */
const LONGEST_ADDRESS = 4000;

/** `value` is the piece of a message as the wire had it; undefined where it holds nothing of the kind. */
export function readMedia(type: string, value: Json): Media | undefined {
  if (typeof value === 'string') return readAddress(value);
  if (!isJsonObject(value)) return undefined;
  const inner =
    objectAt(value, 'image_url') ?? objectAt(value, 'input_audio') ?? objectAt(value, 'source') ?? value;
  const data = stringAt(inner, 'data') ?? (type.includes('audio') ? stringAt(inner, 'audio') : undefined);
  if (data !== undefined && data !== '') return readData(type, inner, data);
  const address = ['url', 'image_url', 'image', 'file_url', 'audio_url', 'file_data']
    .map((key) => stringAt(inner, key) ?? stringAt(value, key))
    .find((text) => text !== undefined && text !== '');
  return address === undefined ? undefined : readAddress(address);
}

/** Speech as voice spans hold it: `{data, format}`. */
export function readSpeech(value: Json | undefined): Media | undefined {
  return isJsonObject(value) && stringAt(value, 'data') !== undefined ? readMedia('audio', value) : undefined;
}

function readData(type: string, piece: JsonObject, data: string): Media | undefined {
  if (data.startsWith('data:')) return readAddress(data);
  const said = (
    stringAt(piece, 'media_type') ??
    stringAt(piece, 'format') ??
    stringAt(piece, 'mime_type') ??
    ''
  ).toLowerCase();
  if (IMAGES.has(said)) return { kind: 'image', mime: said, base64: data };
  const format = said.replace(/^audio\//, '');
  if (format.startsWith('pcm') || (format === '' && type.includes('audio'))) {
    return { kind: 'samples', rate: SAMPLE_RATE, base64: data };
  }
  const mime = Object.hasOwn(SOUNDS, format) ? SOUNDS[format] : undefined;
  return mime === undefined ? undefined : { kind: 'audio', mime, base64: data };
}

function readAddress(address: string): Media | undefined {
  const head = DATA_URL.exec(address.slice(0, 200));
  if (head === null) {
    return address.startsWith('data:') || address.length > LONGEST_ADDRESS
      ? undefined
      : { kind: 'elsewhere', address };
  }
  const mime = (head[1] ?? '').toLowerCase();
  const base64 = address.slice(head[0].length);
  if (IMAGES.has(mime)) return { kind: 'image', mime, base64 };
  const format = mime.replace(/^audio\//, '');
  const sound = mime.startsWith('audio/') && Object.hasOwn(SOUNDS, format) ? SOUNDS[format] : undefined;
  return sound === undefined ? undefined : { kind: 'audio', mime: sound, base64 };
}
