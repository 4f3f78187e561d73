/**
 * Reads a zip as the files in it, each with a report of its own, while it streams in: what stands before damage
 * is read. Folders are only part of a name; what a system adds on its own is passed over.
 */
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate/browser';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { sumEntries, type ContainerReader, type EntryReader } from './content-reader.ts';
import type { FileTally } from './file-tally.ts';
import { isFlateError } from './flate-error.ts';
import type { UnpackBudget } from './unpack-budget.ts';

/** Unpacked a thousandfold, which is the most there is, this still fits in memory. */
const SLICE_BYTES = 16 * 1024;
const MAX_ENTRIES = 10_000;
/** Every record and report of an entry says its name; the end of a longer one tells most. */
const MAX_NAME_CHARACTERS = 250;
const END_MARK = Buffer.from('PK\x05\x06', 'latin1');
const PASSED_OVER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)|\/$/;

/** True where the bytes begin like a zip with a file in it. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

export class ZipReader implements ContainerReader {
  readonly format = 'zip';
  readonly #tally: FileTally;
  readonly #openEntry: (name: string) => EntryReader;
  readonly #entries: { readonly name: string; readonly reader: EntryReader; isOpen: boolean }[] = [];
  readonly #budget: UnpackBudget;
  readonly #unzip: Unzip;
  #batches: RecordBatch[] = [];
  #isBroken = false;
  /** The last bytes that were seen, for a mark that lies across two chunks. */
  #tail: Buffer = Buffer.alloc(0);
  #sawEnd = false;

  constructor(tally: FileTally, openEntry: (name: string) => EntryReader, budget: UnpackBudget) {
    this.#budget = budget;
    this.#tally = tally;
    this.#openEntry = openEntry;
    this.#unzip = new Unzip((file) => {
      this.#open(file);
    });
    this.#unzip.register(UnzipInflate);
  }

  get spans(): number {
    return this.#entries.reduce((sum, { reader }) => sum + reader.spans, 0);
  }

  push(chunk: Uint8Array): readonly RecordBatch[] {
    this.#lookForEnd(chunk);
    for (let i = 0; i < chunk.length && !this.#isBroken; i += SLICE_BYTES) {
      // A copy: the library keeps what it has not used yet, and the caller overwrites its chunk.
      this.#feed(new Uint8Array(chunk.subarray(i, i + SLICE_BYTES)), false);
    }
    return this.#takeBatches();
  }

  end(): readonly RecordBatch[] {
    if (!this.#isBroken) this.#feed(new Uint8Array(0), true);
    if (!this.#isBroken && !this.#sawEnd) this.#break('bad-zip');
    for (const entry of this.#entries) {
      if (!entry.isOpen) continue;
      entry.isOpen = false;
      this.#batches.push(...entry.reader.end());
    }
    return this.#takeBatches();
  }

  stop(): readonly RecordBatch[] {
    for (const entry of this.#entries) if (entry.isOpen) this.#batches.push(...entry.reader.stop());
    return this.#takeBatches();
  }

  /** The sums of all files; each of them stands in `entries`. */
  sumUp(own: FileReport): FileReport {
    const entries = this.#entries.map(({ name, reader }) => reader.report(`${own.path}/${name}`));
    return sumEntries(own, entries);
  }

  #open(file: UnzipFile): void {
    if (PASSED_OVER.test(file.name)) return;
    if (this.#entries.length >= MAX_ENTRIES) {
      this.#break('zip-too-dense');
      return;
    }
    const name = shorten(file.name);
    const entry = { name, reader: this.#openEntry(name), isOpen: true };
    this.#entries.push(entry);
    file.ondata = (error, data, final) => {
      if (error !== null) throw error;
      if (this.#isBroken) return;
      if (!this.#budget.spend(data.length)) {
        this.#break('zip-too-dense');
        return;
      }
      if (data.length > 0) this.#batches.push(...entry.reader.push(data));
      if (!final) return;
      entry.isOpen = false;
      this.#batches.push(...entry.reader.end());
    };
    file.start();
  }

  #feed(bytes: Uint8Array, final: boolean): void {
    try {
      this.#unzip.push(bytes, final);
    } catch (error) {
      if (!isFlateError(error)) throw error;
      this.#break('bad-zip');
    }
  }

  /** The directory at its end tells a whole zip from one that was cut. */
  #lookForEnd(chunk: Uint8Array): void {
    if (this.#sawEnd) return;
    const bytes = Buffer.concat([this.#tail, chunk]);
    this.#sawEnd = bytes.includes(END_MARK);
    this.#tail = Buffer.from(bytes.subarray(-END_MARK.length));
  }

  #break(code: 'bad-zip' | 'zip-too-dense'): void {
    this.#isBroken = true;
    this.#tally.say(code);
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }
}

function shorten(name: string): string {
  return name.length <= MAX_NAME_CHARACTERS ? name : `…${name.slice(-MAX_NAME_CHARACTERS)}`;
}
