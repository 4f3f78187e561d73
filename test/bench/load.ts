/**
 * The client of the ingest bench: bodies of 100 items over keep-alive connections, each waiting for its answer
 * before it sends the next. Raw sockets, so that the client costs little beside the server that is measured.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { DurationMs } from '../../core/model/time.ts';

export interface LoadResult {
  readonly ms: DurationMs;
  readonly latenciesMs: readonly DurationMs[];
}

export interface LoadOptions {
  /** Base URL of the server. */
  readonly url: string;
  /** A file of JSON lines. */
  readonly path: string;
  readonly connections: number;
}

const ITEMS_A_BODY = 100;
const CHUNK_BYTES = 8 * 1024 * 1024;
const LINE_FEED = 10;
const COMMA = 44;
const HEAD = Buffer.from('{"data":[');
const TAIL = Buffer.from(']}');

/** Posts the whole file and answers how long it took. Throws on any answer but 204. */
export async function postFile({ url, path, connections }: LoadOptions): Promise<LoadResult> {
  const handle = await open(path, 'r');
  const sockets: Socket[] = [];
  try {
    while (sockets.length < connections) sockets.push(await openSocket(url));
    return await postOver(sockets, readBodies(handle));
  } finally {
    for (const socket of sockets) socket.destroy();
    await handle.close();
  }
}

async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

async function postOver(sockets: readonly Socket[], bodies: AsyncGenerator<Buffer>): Promise<LoadResult> {
  const latenciesMs: DurationMs[] = [];
  const start = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let body = await bodies.next(); body.done !== true; body = await bodies.next()) {
        const sent = performance.now();
        await postBody(socket, body.value);
        latenciesMs.push(performance.now() - sent);
      }
    }),
  );
  return { ms: performance.now() - start, latenciesMs };
}

async function postBody(socket: Socket, lines: Buffer): Promise<void> {
  const length = HEAD.length + lines.length + TAIL.length;
  const answered = once(socket, 'data');
  socket.cork();
  socket.write(
    'POST /v1/traces/ingest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n' +
      `Authorization: Bearer local\r\nContent-Length: ${length}\r\n\r\n`,
  );
  socket.write(HEAD);
  socket.write(lines);
  socket.write(TAIL);
  socket.uncork();
  const [answer] = (await answered) as [Buffer];
  const status = answer.toString('latin1', 0, 12);
  if (status !== 'HTTP/1.1 204') throw new Error(`the server answered "${status}"`);
}

/** Items of one body after another, joined by commas: the line feeds of the file become commas in place. */
async function* readBodies(handle: FileHandle): AsyncGenerator<Buffer> {
  let carry = Buffer.alloc(0);
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) break;
    const bytes = Buffer.concat([carry, buffer.subarray(0, bytesRead)]);
    let start = 0;
    let items = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1)) {
      if (++items < ITEMS_A_BODY) continue;
      yield joinItems(bytes.subarray(start, end));
      start = end + 1;
      items = 0;
    }
    carry = Buffer.from(bytes.subarray(start));
  }
  const rest = carry.subarray(0, carry.at(-1) === LINE_FEED ? carry.length - 1 : carry.length);
  if (rest.length > 0) yield joinItems(rest);
}

function joinItems(lines: Buffer): Buffer {
  for (let at = lines.indexOf(LINE_FEED); at >= 0; at = lines.indexOf(LINE_FEED, at + 1)) lines[at] = COMMA;
  return lines;
}
