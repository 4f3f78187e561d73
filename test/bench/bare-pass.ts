/** The least that any reader of a file of JSON lines has to do: the yardstick of the import. */
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 10;

/** Reads the file in chunks, splits it at line feeds, decodes and parses every line. Returns their number. */
export async function passOverLines(path: string): Promise<number> {
  const handle = await open(path, 'r');
  let carry = Buffer.alloc(0);
  let parsed = 0;
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        if (typeof JSON.parse(bytes.toString('utf8', start, end)) === 'object') parsed++;
        start = end + 1;
      }
      carry = bytes.subarray(start);
    }
  } finally {
    await handle.close();
  }
  return parsed;
}
