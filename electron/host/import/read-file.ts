/**
 * Reads one file, whatever it is: the beginning tells the format, which then reads it from the first byte on.
 * Used by the import, which writes the batches, and by `analyze`, which only indexes them.
 */
import { HEAD_BYTES, readHead, type FileHead } from '../../../core/formats/foreign/file-head.ts';
import type { MessageCode } from '../../../core/formats/messages.ts';
import { rankForeign } from '../../../core/formats/registry.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { isContainer, type ContentReader, type EntryReader } from './content-reader.ts';
import { FileTally } from './file-tally.ts';
import { isGzip } from './gunzip-members.ts';
import { ForeignFileReader } from './read-foreign.ts';
import { GzipReader } from './read-gzip.ts';
import { HttpReader, isHttp } from './read-http.ts';
import { RecordReader } from './read-records.ts';
import { isZip, ZipReader } from './read-zip.ts';
import { scoreRecords } from './score-records.ts';
import { UnpackBudget } from './unpack-budget.ts';

/** A zip in a zip in a capture is opened; deeper than that nobody packs traces. */
const MAX_DEPTH = 3;

/** Where a file lies inside another. */
interface Surroundings {
  readonly depth: number;
  readonly budget: UnpackBudget;
}

export class FileReader {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #inside: Surroundings;
  readonly #tally = new FileTally();
  #head: Buffer[] = [];
  #headBytes = 0;
  #reader: ContentReader | undefined;
  #reason: string | undefined;

  /** `name` is what the records will say of their origin. */
  constructor(name: string, clock: Clock, inside: Surroundings = { depth: 0, budget: new UnpackBudget() }) {
    this.#name = name;
    this.#clock = clock;
    this.#inside = inside;
  }

  /** Distinct spans so far. */
  get spans(): number {
    return isContainer(this.#reader) ? this.#reader.spans : this.#tally.spans;
  }

  /** Reads the next bytes and returns the batches that became full. */
  push(chunk: Uint8Array): readonly RecordBatch[] {
    if (this.#inside.depth === 0) this.#inside.budget.renew();
    if (this.#reader !== undefined) return this.#reader.push(chunk);
    // A large first chunk is judged where it lies.
    if (this.#headBytes === 0 && chunk.length >= HEAD_BYTES) return this.#choose(chunk).push(chunk);
    this.#head.push(Buffer.from(chunk));
    this.#headBytes += chunk.length;
    return this.#headBytes < HEAD_BYTES ? [] : this.#begin();
  }

  /** Says that no bytes will follow and returns the last batches. */
  end(): readonly RecordBatch[] {
    const first = this.#reader === undefined ? this.#begin() : [];
    return [...first, ...(this.#reader?.end() ?? [])];
  }

  /** Says that nobody wants the rest, and returns the last batches. */
  stop(): readonly RecordBatch[] {
    return this.#reader?.stop() ?? [];
  }

  /** Notes what went wrong with the file as a whole. */
  fail(code: MessageCode, words: { readonly [name: string]: string } = {}): void {
    this.#tally.say(code, {}, words);
  }

  report(path: string): FileReport {
    const format = this.#reader?.format ?? '';
    const own = this.#tally.report(path, format, format === '' ? undefined : this.#reason);
    return isContainer(this.#reader) ? this.#reader.sumUp(own) : own;
  }

  #begin(): readonly RecordBatch[] {
    const bytes = Buffer.concat(this.#head);
    this.#head = [];
    return this.#choose(bytes).push(bytes);
  }

  /** The surest format of all; where none is sure our own reader looks further, and says so if it finds nothing. */
  #choose(bytes: Uint8Array): ContentReader {
    const container = this.#openContainer(bytes);
    if (container !== undefined) return (this.#reader = container);
    const head = readHead(bytes);
    const own = scoreRecords(head);
    const [best, second] = rankForeign(head);
    if (best === undefined || best.score < own) {
      if (own > 0) this.#reason = describe('OpenAI Agents', own, head);
      return this.#readRecords();
    }
    if (best.score === own || second?.score === best.score) {
      const rivals = [...(best.score === own ? ['OpenAI Agents'] : []), best.format.label];
      if (second?.score === best.score) rivals.push(second.format.label);
      this.#tally.say('ambiguous-format', {}, { tried: rivals.join(', ') });
      return (this.#reader = NOTHING);
    }
    this.#reason = describe(best.format.label, best.score, head);
    return (this.#reader = new ForeignFileReader(best.format, this.#name, this.#clock, this.#tally));
  }

  /** What holds other files; gzip that is not inside anything is unpacked before it comes here. */
  #openContainer(bytes: Uint8Array): ContentReader | undefined {
    const { depth, budget } = this.#inside;
    if (depth >= MAX_DEPTH) return undefined;
    const openEntry = (name: string): FileReader => this.#entry(`${this.#name}/${name}`);
    if (isZip(bytes)) return new ZipReader(this.#tally, openEntry, budget);
    if (isGzip(bytes)) return new GzipReader(this.#tally, this.#entry(this.#name), budget);
    if (!isHttp(bytes)) return undefined;
    const unpack = (inner: EntryReader): EntryReader => {
      const reader = new GzipReader(this.#tally, inner, budget);
      return {
        spans: 0,
        push: (packed) => reader.push(packed),
        end: () => reader.end(),
        stop: () => reader.stop(),
        report: (path) => inner.report(path),
      };
    };
    return new HttpReader(this.#tally, { openEntry, unpack });
  }

  #entry(name: string): FileReader {
    return new FileReader(name, this.#clock, { depth: this.#inside.depth + 1, budget: this.#inside.budget });
  }

  #readRecords(): ContentReader {
    return (this.#reader = new RecordReader(this.#name, this.#clock, this.#tally));
  }
}

/** What is said of the choice is about the content, never from it. */
function describe(label: string, score: number, { fields }: FileHead): string {
  const surely = score >= 1 ? 'surely' : `with a score of ${score.toFixed(2)}`;
  const by = fields.size > 0 ? 'the names of its fields' : 'its first bytes';
  return `${label}, ${surely}, by ${by}`;
}

const NOTHING: ContentReader = { format: undefined, push: () => [], end: () => [], stop: () => [] };
