/**
 * A crc32 as zlib computes it; `previous` continues one over further bytes. Core is given one: Node's
 * `zlib.crc32` in the host, a table in a page. It finds accidents, not tampering.
 */
export type Crc32 = (bytes: Uint8Array, previous?: number) => number;
