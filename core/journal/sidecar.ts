/**
 * The file beside a segment that spares reading it: summaries of its traces and the columns of its spans.
 * It describes a prefix of the segment, `[0, covers)`, so that a clean end can leave one for the segment
 * that is still written to, and it can always be made again from the segment alone.
 *
 *   magic 8 | u32 crc of head | u32 length of head | head (JSON) | summaries (JSON) | span table
 *
 * Each part starts at a multiple of 8 and has a crc32 of its own, so that a list reads no columns.
 */
import { isJsonObject, numberAt, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import type { SpanTable } from '../model/span-table.ts';
import { decodeSpanTable, encodeSpanTable } from '../model/span-table-bytes.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import type { Crc32 } from './checksum.ts';
import { readDeletion, type Deletion } from './delete-line.ts';
import { readKeptNoteLine, type NoteLine } from './note-line.ts';
import type { SegmentNumber } from './segment-name.ts';

/** What a sidecar says about its segment; it counts only while both say the same. */
export interface SidecarClaim {
  readonly journalId: string;
  readonly segment: SegmentNumber;
  /** Bytes of the segment that the sidecar describes, a block border. */
  readonly covers: number;
  /** Where the last covered block begins, and the crc32 in its header; -1 where nothing is covered. */
  readonly lastBlockAt: number;
  readonly lastBlockCrc: number;
  /** Blocks covered: the next one has the sequence number above. */
  readonly blocks: number;
  /** Rows of the table, one a report of a span. */
  readonly rows: number;
  /** 0: the rows as they were written; compaction takes rows out and gives a number that never repeats. */
  readonly generation: number;
  /** The deletions that stand in the covered part, in order. */
  readonly deletions: readonly Deletion[];
  /** Deleted traces whose lines are still in the covered part. */
  readonly hidden: readonly string[];
  /** The lines of notes in the covered part, in order; those that count no more without what they said. */
  readonly notes: readonly NoteLine[];
}

/** Where a part stands in the file. */
export interface SidecarPart {
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

export interface SidecarHead extends SidecarClaim {
  readonly summaries: SidecarPart;
  readonly table: SidecarPart;
}

/** Bytes to read before the head's length is known. */
export const SIDECAR_PREFIX_BYTES = 16;
const VERSION = 5;
const MAGIC = new TextEncoder().encode('tbcols1\n');
const ENCODER = new TextEncoder();

export function encodeSidecar(
  claim: SidecarClaim,
  summaries: readonly TraceSummary[],
  table: SpanTable,
  crc32: Crc32,
): Uint8Array {
  const parts = [ENCODER.encode(JSON.stringify(summaries)), encodeSpanTable(table)] as const;
  const sizes = parts.map((part) => ({ bytes: part.length, crc: crc32(part) }));
  const head = ENCODER.encode(JSON.stringify({ version: VERSION, ...claim, parts: sizes }));
  const starts = partOffsets(head.length, parts[0].length);
  const bytes = new Uint8Array(starts[1] + parts[1].length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, 0);
  view.setUint32(8, crc32(head), true);
  view.setUint32(12, head.length, true);
  bytes.set(head, SIDECAR_PREFIX_BYTES);
  bytes.set(parts[0], starts[0]);
  bytes.set(parts[1], starts[1]);
  return bytes;
}

/** The length of the head that follows the prefix, or undefined where the bytes are no sidecar. */
export function readSidecarHeadLength(prefix: Uint8Array): number | undefined {
  if (prefix.length < SIDECAR_PREFIX_BYTES || !MAGIC.every((byte, i) => prefix[i] === byte)) return undefined;
  return new DataView(prefix.buffer, prefix.byteOffset).getUint32(12, true);
}

/** The head out of the first bytes of the file; undefined where it is damaged or of another version. */
export function decodeSidecarHead(bytes: Uint8Array, crc32: Crc32): SidecarHead | undefined {
  const length = readSidecarHeadLength(bytes);
  if (length === undefined || bytes.length < SIDECAR_PREFIX_BYTES + length) return undefined;
  const headBytes = bytes.subarray(SIDECAR_PREFIX_BYTES, SIDECAR_PREFIX_BYTES + length);
  const crc = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (crc32(headBytes) !== crc) return undefined;
  const head: unknown = JSON.parse(new TextDecoder().decode(headBytes));
  if (!isJsonObject(head) || numberAt(head, 'version') !== VERSION) return undefined;
  const parts = ownAt(head, 'parts');
  if (!Array.isArray(parts) || !isJsonObject(parts[0]) || !isJsonObject(parts[1])) return undefined;
  const [summariesAt, tableAt] = partOffsets(length, required(parts[0], 'bytes'));
  return {
    ...readClaim(head),
    summaries: { offset: summariesAt, ...readPart(parts[0]) },
    table: { offset: tableAt, ...readPart(parts[1]) },
  };
}

/** The summaries out of their part; undefined where it is damaged. */
export function decodeSidecarSummaries(
  part: Uint8Array,
  expected: SidecarPart,
  crc32: Crc32,
): readonly TraceSummary[] | undefined {
  if (part.length !== expected.bytes || crc32(part) !== expected.crc) return undefined;
  // Written by encodeSidecar and unchanged since, as the crc32 says.
  return JSON.parse(new TextDecoder().decode(part)) as readonly TraceSummary[];
}

/** The columns out of their part; undefined where it is damaged. */
export function decodeSidecarTable(
  part: Uint8Array,
  expected: SidecarPart,
  crc32: Crc32,
): SpanTable | undefined {
  if (part.length !== expected.bytes || crc32(part) !== expected.crc) return undefined;
  return decodeSpanTable(part);
}

function partOffsets(headLength: number, summariesLength: number): readonly [number, number] {
  const summariesAt = pad(SIDECAR_PREFIX_BYTES + headLength);
  return [summariesAt, pad(summariesAt + summariesLength)];
}

function readClaim(head: JsonObject): SidecarClaim {
  return {
    journalId: stringAt(head, 'journalId') ?? '',
    segment: required(head, 'segment'),
    covers: required(head, 'covers'),
    lastBlockAt: required(head, 'lastBlockAt'),
    lastBlockCrc: required(head, 'lastBlockCrc'),
    blocks: required(head, 'blocks'),
    rows: required(head, 'rows'),
    generation: required(head, 'generation'),
    deletions: listAt(head, 'deletions').flatMap((value) => readDeletion(value) ?? []),
    hidden: listAt(head, 'hidden').filter((id) => typeof id === 'string'),
    // A sidecar from before there were notes has none.
    notes: listAt(head, 'notes').flatMap((value) => readKeptNoteLine(value) ?? []),
  };
}

function readPart(part: JsonObject): { bytes: number; crc: number } {
  return { bytes: required(part, 'bytes'), crc: required(part, 'crc') };
}

function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = ownAt(object, key);
  return Array.isArray(value) ? value.map((item: Json) => item) : [];
}

function required(object: JsonObject, key: string): number {
  const value = numberAt(object, key);
  if (value === undefined) throw new RangeError(`sidecar head lacks ${key}`);
  return value;
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
