/**
 * Reads a segment from its beginning and tells which of its lines hold the words. Lines are told apart as raw bytes;
 * only one that may hold them is parsed.
 */
import { detectFormat } from '../../../core/formats/registry.ts';
import { stringAt, type Json } from '../../../core/model/json.ts';
import { WordFinder, type FoundWords } from '../../../core/search/find-words.ts';
import { linePattern, ODD_ESCAPE } from '../../../core/search/word-patterns.ts';
import type { ReadableSegment } from '../journal/journal-files.ts';

export interface LineHit {
  /** Of the line, in the plain segment. */
  readonly offset: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly found: FoundWords;
}

/** A part of a segment that was read. */
export interface ScanStep {
  readonly bytes: number;
  readonly hits: readonly LineHit[];
}

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;

export class LineScanner {
  readonly #finder: WordFinder;
  /** The first one is looked for, the others in the lines that have it. */
  readonly #first: RegExp;
  readonly #others: readonly RegExp[];

  /** `pieces`: one or more, the one that tells most first. */
  constructor(pieces: readonly string[]) {
    const [first, ...others] = pieces;
    if (first === undefined) throw new Error('a search has no words');
    this.#finder = new WordFinder(pieces);
    this.#first = linePattern(first);
    this.#others = others.map(linePattern);
  }

  /** One step for about a megabyte; a line that is longer makes a longer one. */
  *scan(file: ReadableSegment, chunkBytes = CHUNK_BYTES): Generator<ScanStep> {
    const size = file.size();
    let wanted = chunkBytes;
    for (let at = 0; at < size;) {
      const bytes = file.read(at, Math.min(wanted, size - at));
      const whole = bytes.lastIndexOf(NEWLINE) + 1;
      if (whole === 0) {
        // What stands behind the last line is being written, or was broken off.
        if (bytes.length < wanted || at + wanted >= size) return;
        wanted *= 2;
        continue;
      }
      yield { bytes: whole, hits: this.#scanLines(bytes.subarray(0, whole), at) };
      at += whole;
      wanted = chunkBytes;
    }
  }

  #scanLines(bytes: Buffer, offset: number): readonly LineHit[] {
    const text = bytes.toString('latin1');
    const hits: LineHit[] = [];
    let searchedTo = 0;
    for (const start of this.#candidates(text)) {
      if (start < searchedTo) continue;
      const end = text.indexOf('\n', start);
      searchedTo = end + 1;
      const hit = this.#readLine(bytes.subarray(start, end), offset + start);
      if (hit !== undefined) hits.push(hit);
    }
    return hits;
  }

  /** Where the lines begin that may hold the words, in order. */
  *#candidates(text: string): Generator<number> {
    const odd = startsOf(text, ODD_ESCAPE);
    let nextOdd = odd.next();
    for (const start of startsOf(text, this.#first)) {
      for (; nextOdd.done === false && nextOdd.value < start; nextOdd = odd.next()) yield nextOdd.value;
      const line = text.slice(start, text.indexOf('\n', start));
      const isOdd = nextOdd.done === false && nextOdd.value === start;
      if (isOdd || this.#others.every((pattern) => isIn(line, pattern))) yield start;
    }
    for (; nextOdd.done === false; nextOdd = odd.next()) yield nextOdd.value;
  }

  #readLine(bytes: Buffer, offset: number): LineHit | undefined {
    const record = parse(bytes);
    const report = record === undefined ? undefined : detectFormat(record)?.readReport(record);
    if (report === undefined) return undefined;
    const { item, data } = report;
    const [traceId, spanId] = [stringAt(item, 'trace_id'), stringAt(item, 'id')];
    const found = this.#finder.find(data, item['error'] ?? null);
    if (found === undefined || traceId === undefined || spanId === undefined) return undefined;
    return { offset, traceId, spanId, found };
  }
}

/** The beginnings of the lines in which a pattern is found, each once. */
function* startsOf(text: string, pattern: RegExp): Generator<number> {
  // Several walk over texts at a time, and each needs a place of its own.
  const own = new RegExp(pattern);
  for (let match = own.exec(text); match !== null; match = own.exec(text)) {
    yield text.lastIndexOf('\n', match.index) + 1;
    const end = text.indexOf('\n', match.index);
    if (end < 0) return;
    own.lastIndex = end + 1;
  }
}

function isIn(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** Undefined for a line of the journal itself, and for one that is damaged. */
function parse(bytes: Buffer): Json | undefined {
  try {
    const text = bytes.toString('utf8');
    return text.startsWith('{"$') ? undefined : (JSON.parse(text) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
