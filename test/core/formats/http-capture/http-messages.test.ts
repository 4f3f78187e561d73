/** HTTP cut into its messages: lengths, chunks, answers, junk in between, and bytes in any portions. */
import { expect, it } from 'vitest';
import { HttpMessages } from '../../../../core/formats/http-capture/http-messages.ts';

interface Seen {
  readonly messages: { readonly start: string; body: string; whole: boolean | undefined }[];
  readonly lost: number[];
}

function read(text: string, step = Infinity): Seen {
  const seen: Seen = { messages: [], lost: [] };
  const decoder = new TextDecoder();
  const reader = new HttpMessages({
    begin: ({ method, path }) => {
      seen.messages.push({ start: `${method ?? 'answer'} ${path}`.trim(), body: '', whole: undefined });
    },
    body: (bytes) => {
      const last = seen.messages.at(-1);
      if (last !== undefined) last.body += decoder.decode(bytes, { stream: true });
    },
    end: (isWhole) => {
      const last = seen.messages.at(-1);
      if (last !== undefined) last.whole = isWhole;
    },
    lost: (offset) => seen.lost.push(offset),
  });
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += Math.min(step, bytes.length)) reader.push(bytes.slice(i, i + step));
  reader.end();
  return seen;
}

const POST = 'POST /v1/traces/ingest HTTP/1.1\r\nHost: 127.0.0.1:1\r\n';
const BODY = '{"a":"ü"}';
const ONE = `${POST}Content-Length: 10\r\n\r\n${BODY}`;
const CHUNKS = `${POST}Transfer-Encoding: chunked\r\n\r\n3;x=1\r\n{"b\r\n4\r\n":1}\r\n0\r\nTrailer: t\r\n\r\n`;
const ANSWER = 'HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n';
const FAULT = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno';

it('Requests and answers come out whole, in portions of any size', () => {
  const text = [ONE, '\r\n', ANSWER, CHUNKS, FAULT, ONE].join('');
  const whole = read(text);
  expect(whole.lost).toEqual([]);
  expect(whole.messages).toEqual([
    { start: 'POST /v1/traces/ingest', body: BODY, whole: true },
    { start: 'answer', body: '', whole: true },
    { start: 'POST /v1/traces/ingest', body: '{"b":1}', whole: true },
    { start: 'answer', body: 'no', whole: true },
    { start: 'POST /v1/traces/ingest', body: BODY, whole: true },
  ]);
  for (const step of [1, 2, 7, 64]) expect(read(text, step)).toEqual(whole);
});

it('A request that says no length ends where the next message begins', () => {
  const seen = read(`${POST}\r\n{"a":\n1}\n${POST}Content-Length: 2\r\n\r\n{}`);
  expect(seen.messages.map(({ body }) => body)).toEqual(['{"a":\n1}\n', '{}']);
});

it('Lines may end without a carriage return, and addresses be whole ones', () => {
  const seen = read('POST http://127.0.0.1:4318/v1/traces?x=1 HTTP/1.1\ncontent-length: 2\n\n{}');
  expect(seen.messages).toEqual([{ start: 'POST /v1/traces', body: '{}', whole: true }]);
});

it('What is no HTTP is told by its place, and reading goes on behind it', () => {
  const first = `${POST}Content-Length: 2\r\n\r\n{}`;
  const seen = read(`${first}junk\njunk\n${first}`);
  expect(seen.messages.map(({ body }) => body)).toEqual(['{}', '{}']);
  expect(seen.lost).toEqual([first.length]);
});

it('A message that is cut short, or whose chunks break, is told', () => {
  expect(read(ONE.replace('10', '99')).messages).toMatchObject([{ body: BODY, whole: false }]);
  const broken = read(CHUNKS.replace('4\r\n', 'zz\r\n') + ONE);
  expect(broken.messages[0]).toMatchObject({ body: '{"b', whole: false });
  expect(broken.lost).toHaveLength(1);
  expect(broken.messages).toHaveLength(2);
});
