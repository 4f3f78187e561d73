import { expect, test } from 'vitest';
import { readMedia, readSpeech } from '../../../core/analysis/read-media.ts';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

test('images that the trace holds are read in every spelling', () => {
  const image = { kind: 'image', mime: 'image/png', base64: 'iVBORw0KGgo=' };
  expect(readMedia('image_url', { type: 'image_url', image_url: { url: PNG } })).toEqual(image);
  expect(readMedia('input_image', { type: 'input_image', image_url: PNG })).toEqual(image);
  expect(readMedia('input_image', { type: 'input_image', image: PNG })).toEqual(image);
  const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' };
  expect(readMedia('image', { type: 'image', source })).toEqual(image);
});

test('an image that lies elsewhere is an address and nothing else', () => {
  const address = 'https://example.com/a.png';
  expect(readMedia('image_url', { image_url: { url: address } })).toEqual({ kind: 'elsewhere', address });
});

test('a document or a drawing with scripts is never shown, whatever it calls itself', () => {
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/constructor']) {
    expect(readMedia('image_url', { image_url: { url: `data:${type};base64,AAAA` } })).toBeUndefined();
  }
  expect(readMedia('input_audio', { input_audio: { data: 'AAAA', format: 'constructor' } })).toBeUndefined();
});

test('sounds have the type of their format; bare samples are told as such', () => {
  const audio = { input_audio: { data: 'AAAA', format: 'mp3' } };
  expect(readMedia('input_audio', audio)).toEqual({ kind: 'audio', mime: 'audio/mpeg', base64: 'AAAA' });
  expect(readSpeech({ data: 'AAAA', format: 'pcm' })).toEqual({
    kind: 'samples',
    rate: 24_000,
    base64: 'AAAA',
  });
  expect(readSpeech('words')).toBeUndefined();
});
