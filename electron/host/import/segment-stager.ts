/**
 * Writes batches into segments as the journal would, in a folder beside the stage, and makes their rows: so what a
 * large file holds is written once, and the journal takes whole files over. While the disk writes, the next batches
 * are read.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { segmentFileName } from '../../../core/journal/segment-name.ts';
import { at } from '../../../core/model/assert.ts';
import { toBlockBody } from '../journal/join-blocks.ts';
import type { JournalFiles } from '../journal/journal-files.ts';
import { SEGMENT_LIMITS } from '../journal/journal-writer.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { SegmentWriter } from '../journal/segment-writer.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { passOver } from '../pass-over.ts';
import { indexBatch } from '../records/index-batch.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { SegmentWords } from './staged-segment-bytes.ts';

/** Told of each segment that nothing will be written to any more. */
export type SegmentWritten = (words: SegmentWords, table: SegmentTable) => Promise<void>;

interface OpenSegment {
  readonly writer: SegmentWriter;
  readonly table: SegmentTable;
}

/** Where the segments of a stage lie. */
export function segmentsBeside(stagePath: string): string {
  return `${stagePath}.segments`;
}

/** The file of a segment of a stage. */
export function stagedSegmentPath(stagePath: string, number: number): string {
  return join(segmentsBeside(stagePath), segmentFileName(number));
}

export class SegmentStager {
  readonly #files: JournalFiles;
  readonly #onWritten: SegmentWritten;
  readonly #segmentBytes: number;
  #open: OpenSegment | undefined;
  #segments = 0;
  #writing: Promise<void> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();

  private constructor(files: JournalFiles, segmentBytes: number, onWritten: SegmentWritten) {
    this.#files = files;
    this.#segmentBytes = segmentBytes;
    this.#onWritten = onWritten;
  }

  static async create(
    stagePath: string,
    onWritten: SegmentWritten,
    segmentBytes = SEGMENT_LIMITS.bytes,
  ): Promise<SegmentStager> {
    const files = await openJournalFiles(segmentsBeside(stagePath), true);
    return new SegmentStager(files, segmentBytes, onWritten);
  }

  /** Resolves when the batches before these are written. Rejects with the system's error. */
  async add(batches: readonly RecordBatch[]): Promise<void> {
    await this.#writing;
    if (batches.length === 0) return;
    this.#writing = this.#write(batches);
    // A failure is met by the next call.
    this.#writing.catch(passOver);
  }

  /** Resolves when all is written and durable. */
  async end(): Promise<void> {
    await this.#writing;
    await this.#endSegment();
    await this.#ending;
  }

  /** Lets go of the file that is written to. */
  async leave(): Promise<void> {
    await this.#writing.catch(passOver);
    await this.#ending.catch(passOver);
    await this.#open?.writer.close().catch(passOver);
    this.#open = undefined;
  }

  async #write(batches: readonly RecordBatch[]): Promise<void> {
    const { writer, table } = (this.#open ??= await this.#begin());
    const bodies = batches.map((batch) => toBlockBody({ kind: 'records', batches: [batch] }));
    const bodiesAt = await writer.append(bodies);
    batches.forEach((batch, i) => {
      indexBatch(table, batch, at(bodiesAt, i) + batch.contextLine.length);
    });
    if (writer.extent.bytes >= this.#segmentBytes) await this.#endSegment();
  }

  async #begin(): Promise<OpenSegment> {
    const writer = await SegmentWriter.create(this.#files, ++this.#segments, crc32, 0);
    return { writer, table: new SegmentTable() };
  }

  /** The disk flushes it while the next one is written. */
  async #endSegment(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { writer, table } = open;
    const before = this.#ending;
    this.#ending = (async () => {
      await writer.sync();
      await writer.close();
      await before;
    })();
    this.#ending.catch(passOver);
    await this.#onWritten({ number: this.#segments, extent: writer.extent }, table);
  }
}
