/** Reads gzip that lies inside something else, a zip or a body of HTTP, while it streams in. */
import { Gunzip } from 'fflate/browser';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { ContainerReader, EntryReader } from './content-reader.ts';
import type { FileTally } from './file-tally.ts';
import { isFlateError } from './flate-error.ts';
import type { UnpackBudget } from './unpack-budget.ts';

/** Unpacked a thousandfold, which is the most there is, this still fits in memory. */
const SLICE_BYTES = 16 * 1024;

export class GzipReader implements ContainerReader {
  readonly format = 'gzip';
  readonly #tally: FileTally;
  readonly #inner: EntryReader;
  readonly #budget: UnpackBudget;
  readonly #gunzip = new Gunzip((bytes) => {
    this.#take(bytes);
  });
  #batches: RecordBatch[] = [];
  #isBroken = false;

  constructor(tally: FileTally, inner: EntryReader, budget: UnpackBudget) {
    this.#tally = tally;
    this.#inner = inner;
    this.#budget = budget;
  }

  get spans(): number {
    return this.#inner.spans;
  }

  push(chunk: Uint8Array): readonly RecordBatch[] {
    for (let i = 0; i < chunk.length && !this.#isBroken; i += SLICE_BYTES) {
      // A copy: the library keeps what it has not used yet, and the caller overwrites its chunk.
      this.#feed(new Uint8Array(chunk.subarray(i, i + SLICE_BYTES)), false);
    }
    return this.#takeBatches();
  }

  end(): readonly RecordBatch[] {
    if (!this.#isBroken) this.#feed(new Uint8Array(0), true);
    this.#batches.push(...this.#inner.end());
    return this.#takeBatches();
  }

  stop(): readonly RecordBatch[] {
    this.#batches.push(...this.#inner.stop());
    return this.#takeBatches();
  }

  /** The file is what was packed; only what went wrong in unpacking is added. */
  sumUp(own: FileReport): FileReport {
    const inner = this.#inner.report(own.path);
    return { ...inner, diagnostics: [...own.diagnostics, ...inner.diagnostics] };
  }

  #take(bytes: Uint8Array): void {
    if (this.#isBroken) return;
    if (!this.#budget.spend(bytes.length)) this.#break('zip-too-dense');
    else if (bytes.length > 0) this.#batches.push(...this.#inner.push(bytes));
  }

  #feed(bytes: Uint8Array, final: boolean): void {
    try {
      this.#gunzip.push(bytes, final);
    } catch (error) {
      if (!isFlateError(error)) throw error;
      this.#break('bad-gzip');
    }
  }

  #break(code: 'bad-gzip' | 'zip-too-dense'): void {
    this.#isBroken = true;
    this.#tally.say(code);
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }
}
