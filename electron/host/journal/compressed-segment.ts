/**
 * A compressed segment as if it were plain: an address is looked up among its members, which are hopped over
 * once when it is opened, and the member is inflated. Damage reads as zeros, which no crc32 of ours takes.
 */
import { inflateRawSync } from 'node:zlib';
import {
  MEMBER_FRAME_BYTES,
  MEMBER_HEADER_BYTES,
  MEMBER_OPENING,
  readMemberSizes,
  type MemberSizes,
} from '../../../core/journal/gzip-member.ts';
import { at } from '../../../core/model/assert.ts';
import { systemErrorCode } from '../system-error.ts';
import type { ReadableSegment } from './journal-files.ts';

/** A member, and where it stands in the file and in the plain segment. */
export interface Member extends MemberSizes {
  readonly fileAt: number;
  readonly plainAt: number;
}

export class CompressedSegment implements ReadableSegment {
  readonly members: readonly Member[];
  readonly #file: ReadableSegment;
  readonly #size: number;
  /** The member that was inflated last: neighbouring lines are read together. */
  #last: { readonly member: Member; readonly bytes: Buffer<ArrayBuffer> } | undefined;

  constructor(file: ReadableSegment) {
    this.#file = file;
    this.members = readMembers(file);
    const last = this.members.at(-1);
    this.#size = last === undefined ? 0 : last.plainAt + last.plainBytes;
  }

  size(): number {
    return this.#size;
  }

  read(position: number, length: number): Buffer<ArrayBuffer> {
    const end = Math.min(position + length, this.#size);
    const bytes = Buffer.alloc(Math.max(end - position, 0));
    for (let i = this.#find(position); i < this.members.length; i++) {
      const member = at(this.members, i);
      if (member.plainAt >= end) break;
      const from = Math.max(position - member.plainAt, 0);
      this.#inflate(member).copy(bytes, member.plainAt + from - position, from, end - member.plainAt);
    }
    return bytes;
  }

  /** A member as it stands in the file. */
  readMember({ fileAt, memberBytes }: Member): Buffer<ArrayBuffer> {
    return this.#file.read(fileAt, memberBytes);
  }

  /** The member that begins at a position of the plain segment. */
  findMember(plainAt: number): Member | undefined {
    const member = this.members[this.#find(plainAt)];
    return member?.plainAt === plainAt ? member : undefined;
  }

  close(): void {
    this.#file.close();
  }

  /** The last member that begins at or before a position. */
  #find(position: number): number {
    let low = 0;
    let high = this.members.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at(this.members, middle).plainAt <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #inflate(member: Member): Buffer<ArrayBuffer> {
    if (this.#last?.member === member) return this.#last.bytes;
    const bytes = inflateMember(this.readMember(member), member.plainBytes);
    this.#last = { member, bytes };
    return bytes;
  }
}

function inflateMember(member: Buffer, plainBytes: number): Buffer<ArrayBuffer> {
  const deflated = member.subarray(
    MEMBER_HEADER_BYTES,
    member.length - (MEMBER_FRAME_BYTES - MEMBER_HEADER_BYTES),
  );
  const bytes = Buffer.alloc(plainBytes);
  try {
    inflateRawSync(deflated, { maxOutputLength: Math.max(plainBytes, 1) }).copy(bytes);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
  return bytes;
}

/** Hops over the members. One whose header is damaged ends where the next one begins, so that it alone is lost. */
function readMembers(file: ReadableSegment): readonly Member[] {
  const members: Member[] = [];
  const fileBytes = file.size();
  let plainAt = 0;
  for (let fileAt = 0; fileAt < fileBytes;) {
    const said = readMemberSizes(file.read(fileAt, MEMBER_HEADER_BYTES));
    const sizes = isSane(said, fileBytes - fileAt) ? said : findSizes(file, fileAt, fileBytes);
    // Not even the first one is a member: the file is none of ours.
    if (sizes === undefined) break;
    members.push({ ...sizes, fileAt, plainAt });
    fileAt += sizes.memberBytes;
    plainAt += sizes.plainBytes;
  }
  return members;
}

/** Deflate makes no more than this of a byte. */
const MOST_OF_A_BYTE = 1032;
const SEARCH_BYTES = 1024 * 1024;

function isSane(sizes: MemberSizes | undefined, bytesLeft: number): sizes is MemberSizes {
  if (sizes === undefined) return false;
  const { memberBytes, plainBytes } = sizes;
  const fits = memberBytes >= MEMBER_FRAME_BYTES && memberBytes <= bytesLeft;
  return fits && plainBytes <= memberBytes * MOST_OF_A_BYTE;
}

/** What a damaged header said, by where the next one is and by the size at the member's end. */
function findSizes(file: ReadableSegment, fileAt: number, fileBytes: number): MemberSizes | undefined {
  const next = findMemberStart(file, fileAt + MEMBER_FRAME_BYTES, fileBytes);
  if (next === undefined && fileAt === 0) return undefined;
  const memberBytes = (next ?? fileBytes) - fileAt;
  if (memberBytes < MEMBER_FRAME_BYTES) return undefined;
  const plainBytes = file.read(fileAt + memberBytes - 4, 4).readUInt32LE(0);
  const sizes = { memberBytes, plainBytes };
  return isSane(sizes, memberBytes) ? sizes : { memberBytes, plainBytes: 0 };
}

function findMemberStart(file: ReadableSegment, from: number, fileBytes: number): number | undefined {
  for (let at = from; at < fileBytes; at += SEARCH_BYTES) {
    const found = file.read(at, SEARCH_BYTES + MEMBER_OPENING.length).indexOf(MEMBER_OPENING);
    if (found >= 0) return at + found;
  }
  return undefined;
}
