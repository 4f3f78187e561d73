/** Writes the zip of a bundle entry by entry: fixed times, fixed compression, so equal entries make equal bytes. */
import { Zip, ZipDeflate } from 'fflate/browser';
import type { BundleEntry } from '../formats/bundle/manifest.ts';
import type { Sha256 } from './exported-trace.ts';

/** Zips know no time zone: these are the fields of the date that are written, wherever it is made. */
const MADE_AT = new Date(1980, 0, 1);
const LEVEL = 6;
/** Sizes and places have 32 bits in a plain zip. */
export const MOST_BUNDLE_BYTES = 4 * 1024 ** 3 - 64 * 1024 ** 2;

/** An export of more than a zip can hold. */
export class BundleTooLargeError extends Error {
  constructor() {
    super('A bundle holds at most 4 GB. Export fewer traces at a time, or as JSONL.');
    this.name = 'BundleTooLargeError';
  }
}

export class BundleZip {
  readonly entries: BundleEntry[] = [];
  readonly #zip: Zip;
  readonly #beginSum: () => Sha256;
  readonly #encoder = new TextEncoder();
  #made: Uint8Array[] = [];
  #open: { readonly name: string; readonly file: ZipDeflate; readonly sum: Sha256 } | undefined;
  #bytes = 0;
  #lines = 0;
  #written = 0;

  constructor(beginSum: () => Sha256) {
    this.#beginSum = beginSum;
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error;
      this.#written += bytes.length;
      if (bytes.length > 0) this.#made.push(bytes);
    });
  }

  /** Of the open entry, unpacked. */
  get entryBytes(): number {
    return this.#bytes;
  }

  begin(name: string): void {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = MADE_AT;
    this.#zip.add(file);
    this.#open = { name, file, sum: this.#beginSum() };
    this.#bytes = 0;
    this.#lines = 0;
  }

  /** Whole lines of the open entry. Throws BundleTooLargeError. */
  add(text: string): void {
    const bytes = this.#encoder.encode(text);
    this.#open?.sum.update(bytes);
    this.#open?.file.push(bytes);
    this.#bytes += bytes.length;
    this.#lines += countLines(text);
    if (this.#written > MOST_BUNDLE_BYTES) throw new BundleTooLargeError();
  }

  end(): void {
    const open = this.#open;
    if (open === undefined) return;
    open.file.push(new Uint8Array(0), true);
    this.entries.push({ name: open.name, bytes: this.#bytes, lines: this.#lines, sha256: open.sum.hex() });
    this.#open = undefined;
  }

  finish(): void {
    this.#zip.end();
  }

  /** What was made since the last call. */
  take(): readonly Uint8Array[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
