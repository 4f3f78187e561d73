/**
 * One member of a compressed segment. Its header names both its sizes in a field of our own (`TB`), so that a
 * reader hops from member to member without inflating any, and `zcat` passes over it:
 *
 *   1f 8b 08 04 | mtime 4 | xfl os | xlen 2 | 'T' 'B' 8 0 | whole member u32 | plain bytes u32 | deflate | crc32 | isize
 */
export const MEMBER_HEADER_BYTES = 24;
const MEMBER_TRAILER_BYTES = 8;
/** Bytes of a member beside the deflated ones. */
export const MEMBER_FRAME_BYTES = MEMBER_HEADER_BYTES + MEMBER_TRAILER_BYTES;
/** Magic, deflate, with an extra field; no time; unknown system; twelve bytes of extra: `TB`, eight bytes. */
export const MEMBER_OPENING = Uint8Array.of(0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, 0x54, 0x42, 8, 0);

export interface MemberSizes {
  /** The member from its first byte to its last. */
  readonly memberBytes: number;
  readonly plainBytes: number;
}

/** Frames what was deflated (raw) from `plainBytes` bytes with this crc32. */
export function encodeMember(deflated: Uint8Array, plainBytes: number, crc: number): Uint8Array {
  const bytes = new Uint8Array(deflated.length + MEMBER_FRAME_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MEMBER_OPENING, 0);
  view.setUint32(16, bytes.length, true);
  view.setUint32(20, plainBytes, true);
  bytes.set(deflated, MEMBER_HEADER_BYTES);
  view.setUint32(bytes.length - 8, crc, true);
  view.setUint32(bytes.length - 4, plainBytes, true);
  return bytes;
}

/** Reads a header; undefined where the bytes are none of ours. */
export function readMemberSizes(header: Uint8Array): MemberSizes | undefined {
  if (header.length < MEMBER_HEADER_BYTES || !MEMBER_OPENING.every((byte, i) => header[i] === byte))
    return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return { memberBytes: view.getUint32(16, true), plainBytes: view.getUint32(20, true) };
}
