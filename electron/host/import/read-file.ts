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
import type { ContentReader } from './content-reader.ts';
import { FileTally } from './file-tally.ts';
import { ForeignFileReader } from './read-foreign.ts';
import { RecordReader } from './read-records.ts';
import { isZip, ZipReader } from './read-zip.ts';
import { scoreRecords } from './score-records.ts';

export class FileReader {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #isEntry: boolean;
  readonly #tally = new FileTally();
  #head: Buffer[] = [];
  #headBytes = 0;
  #reader: ContentReader | undefined;
  #reason: string | undefined;

  /** `name` is what the records will say of their origin. A zip in a zip stays closed. */
  constructor(name: string, clock: Clock, isEntry = false) {
    this.#name = name;
    this.#clock = clock;
    this.#isEntry = isEntry;
  }

  /** Distinct spans so far. */
  get spans(): number {
    return this.#reader instanceof ZipReader ? this.#reader.spans : this.#tally.spans;
  }

  /** Reads the next bytes and returns the batches that became full. */
  push(chunk: Uint8Array): readonly RecordBatch[] {
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
  fail(code: MessageCode): void {
    this.#tally.say(code);
  }

  report(path: string): FileReport {
    const own = this.#tally.report(path, this.#reader?.format ?? '', this.#reason);
    return this.#reader instanceof ZipReader ? this.#reader.sumUp(own) : own;
  }

  #begin(): readonly RecordBatch[] {
    const bytes = Buffer.concat(this.#head);
    this.#head = [];
    return this.#choose(bytes).push(bytes);
  }

  /** The surest format of all; where none is sure our own reader looks further, and says so if it finds nothing. */
  #choose(bytes: Uint8Array): ContentReader {
    if (isZip(bytes) && !this.#isEntry) {
      const open = (name: string): FileReader => new FileReader(`${this.#name}/${name}`, this.#clock, true);
      return (this.#reader = new ZipReader(this.#tally, open));
    }
    const head = readHead(bytes);
    const own = scoreRecords(head);
    const [best, second] = rankForeign(head);
    if (best === undefined || best.score < own) return this.#readRecords();
    if (best.score === own || second?.score === best.score) {
      const rivals = [...(best.score === own ? ['OpenAI Agents'] : []), best.format.label];
      if (second?.score === best.score) rivals.push(second.format.label);
      this.#tally.say('ambiguous-format', {}, { tried: rivals.join(', ') });
      return (this.#reader = NOTHING);
    }
    this.#reason = describe(best.format.label, best.score, head);
    return (this.#reader = new ForeignFileReader(best.format, this.#name, this.#clock, this.#tally));
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
