/** Lines to a stream in large pieces, waiting where the stream asks for it. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

const PIECE_UNITS = 1 << 20;

/** Writes every line with a line feed behind it and ends the stream. Returns the number of bytes. */
export async function writeLines(lines: Iterable<string>, stream: Writable): Promise<number> {
  let bytes = 0;
  let piece = '';
  const flush = async (): Promise<void> => {
    const buffer = Buffer.from(piece);
    piece = '';
    bytes += buffer.length;
    if (!stream.write(buffer)) await once(stream, 'drain');
  };
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length > PIECE_UNITS) await flush();
  }
  await flush();
  const finished = once(stream, 'finish');
  stream.end();
  await finished;
  return bytes;
}
