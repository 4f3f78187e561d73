/**
 * How large finished traces are drawn, kept beside the journal: a page gets its first picture from here before the
 * trace is folded. A drawing can be made again at any time; it is let go as soon as its trace gets a record, so
 * what is here is true.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeDrawnRows, readDrawnRows } from '../../../core/flame/drawn-rows-bytes.ts';
import { takeDrawnRows, thinRows, type DrawnRows } from '../../../core/flame/drawn-rows.ts';
import { layoutSpans } from '../../../core/flame/layout-spans.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { reportBug } from '../report-bug.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';
import type { FoldedTrace } from './folded-trace.ts';

/** A smaller trace is folded and sent about as quickly as its drawing is read. */
const DRAWN_SPANS = 5_000;
/** Of all drawings: some nine million bars. The longest unused go first. */
const MAX_BYTES = 256 * 1024 * 1024;
/** So many spans wait to be drawn, and no more: they are held in memory. */
const WAITING_SPANS = 200_000;
/** Whoever had the trace folded waits for an answer, which goes out first. */
const AFTER_MS = 250;
/** Of some 150 kB each. */
const MAX_SKETCHES = 32;
const ENDING = '.rows';
/** Ids of no such shape could not be names of files. */
const NAME = /^[\w-]{1,128}$/;

interface Sketch {
  /** The summary of the trace as it was drawn. */
  readonly note: string;
  readonly width: number;
  readonly bytes: Uint8Array;
}

export class Drawings {
  readonly #folder: string;
  readonly #leastSpans: number;
  /** Bytes of each kept drawing, the longest unused first. */
  readonly #kept: Map<string, number>;
  /** Those that pages asked for last, so that a way back reads nothing: the longest unused first. */
  readonly #sketches = new Map<string, Sketch>();
  /** Most windows stay as wide as they are. */
  #lastWidth = 0;
  #waiting = new Map<string, FoldedTrace>();
  #waitingSpans = 0;
  /** Ids of traces that nobody had folded yet. */
  readonly #expected = new Set<string>();
  /** They are not tried again as long as they are the same. */
  readonly #undrawable = new WeakSet<FoldedTrace>();
  /** Has a trace folded, which brings it here; absent: what nobody folds is not drawn. */
  fold: ((traceId: string) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(folder: string, leastSpans: number, kept: Map<string, number>) {
    this.#folder = folder;
    this.#leastSpans = leastSpans;
    this.#kept = kept;
  }

  /** Opens the folder; nothing is made before there is something to keep. */
  static open(folder: string, leastSpans = DRAWN_SPANS): Drawings {
    return new Drawings(folder, leastSpans, new Map(listKept(folder)));
  }

  /** Traces that were drawn. */
  traceIds(): readonly string[] {
    return [...this.#kept.keys()];
  }

  /** Takes a trace that was just folded; it is drawn in a moment, if it is large and finished. */
  add(folded: FoldedTrace): void {
    const { id, spans } = folded.summary;
    if (!this.#wants(folded.summary) || this.#undrawable.has(folded)) return;
    this.#waiting.set(id, folded);
    this.#waitingSpans += spans;
    if (this.#waitingSpans > WAITING_SPANS && this.#waiting.size > 1) this.flush();
    this.#drawSoon();
  }

  /** Takes a trace that came without being folded: that is done when nothing else waits, one after the other. */
  expect(summary: TraceSummary): void {
    if (this.fold === undefined || !this.#wants(summary)) return;
    this.#expected.add(summary.id);
    this.#drawSoon();
  }

  #wants({ id, spans, status }: TraceSummary): boolean {
    return spans >= this.#leastSpans && status !== 'in_progress' && !this.#kept.has(id) && NAME.test(id);
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.flush();
      const [next] = this.#expected;
      if (next === undefined) return;
      this.#expected.delete(next);
      this.fold?.(next);
      this.#drawSoon();
    }, AFTER_MS).unref();
  }

  /** The trace has other records than before, or none. */
  forget(traceId: string): void {
    this.#waiting.delete(traceId);
    this.#sketches.delete(traceId);
    if (this.#kept.delete(traceId)) rmSync(this.#pathOf(traceId), { force: true });
  }

  /** Draws what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#waitingSpans = 0;
    for (const folded of waiting) if (!this.#keep(folded)) this.#undrawable.add(folded);
  }

  /** What is seen of a whole trace at a width in CSS pixels, as bytes; undefined where it is not kept. */
  sketch(summary: TraceSummary, width: number): Uint8Array | undefined {
    const note = JSON.stringify(summary);
    const known = this.#sketches.get(summary.id);
    this.#lastWidth = width;
    if (known?.note === note && known.width === width) return known.bytes;
    const drawn = this.#read(summary.id, note);
    return drawn && this.#thin(summary.id, { drawn, note, width });
  }

  #thin(
    traceId: string,
    { drawn, note, width }: { drawn: DrawnRows; note: string; width: number },
  ): Uint8Array {
    const bytes = encodeDrawnRows(thinRows(drawn, width));
    this.#sketches.delete(traceId);
    this.#sketches.set(traceId, { note, width, bytes });
    const [oldest] = this.#sketches.keys();
    if (this.#sketches.size > MAX_SKETCHES && oldest !== undefined) this.#sketches.delete(oldest);
    return bytes;
  }

  #read(traceId: string, expected: string): DrawnRows | undefined {
    const size = this.#kept.get(traceId);
    if (size === undefined) return undefined;
    try {
      const { drawn, note } = readDrawnRows(readFileSync(this.#pathOf(traceId)));
      // Names of files may be equal where ids differ, and an older version of ours does not know drawings.
      if (note !== expected) throw new RangeError('drawn from other records');
      this.#kept.delete(traceId);
      this.#kept.set(traceId, size);
      return drawn;
    } catch (error) {
      // Gone, damaged or of another version: it is made again when the trace is folded.
      this.forget(traceId);
      if (!isExpected(error)) throw error;
      return undefined;
    }
  }

  /** Whether the trace was drawn and kept. */
  #keep({ spans, tree, summary }: FoldedTrace): boolean {
    const layout = layoutSpans(spans, tree);
    // Open spans of a program that may still run grow with the time.
    if (layout.open > 0 && summary.origins.includes('live')) return false;
    const drawn = takeDrawnRows(spans, tree, layout);
    const path = this.#pathOf(summary.id);
    try {
      const note = JSON.stringify(summary);
      const bytes = encodeDrawnRows(drawn, note);
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, bytes, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      this.#kept.set(summary.id, bytes.length);
      if (this.#lastWidth > 0) this.#thin(summary.id, { drawn, note, width: this.#lastWidth });
    } catch (error) {
      rmSync(`${path}.new`, { force: true });
      // A full disk: the trace is opened without a first picture.
      if (systemErrorCode(error) === undefined) reportBug(error);
      return false;
    }
    this.#makeRoom();
    return true;
  }

  #makeRoom(): void {
    let bytes = 0;
    for (const size of this.#kept.values()) bytes += size;
    for (const [traceId, size] of [...this.#kept]) {
      if (bytes <= MAX_BYTES) return;
      bytes -= size;
      this.forget(traceId);
    }
  }

  #pathOf(traceId: string): string {
    return join(this.#folder, traceId + ENDING);
  }
}

function isExpected(error: unknown): boolean {
  return error instanceof RangeError || error instanceof SyntaxError || systemErrorCode(error) !== undefined;
}

/** What stands in the folder, the longest unused first; what a crash left half-written is removed. */
function listKept(folder: string): readonly (readonly [string, number])[] {
  const found: { readonly traceId: string; readonly size: number; readonly usedMs: number }[] = [];
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!name.endsWith(ENDING)) {
        rmSync(path, { force: true });
        continue;
      }
      const { size, mtimeMs } = statSync(path);
      found.push({ traceId: name.slice(0, -ENDING.length), size, usedMs: mtimeMs });
    }
  } catch (error) {
    if (!isMissing(error) && systemErrorCode(error) === undefined) throw error;
  }
  return found.sort((a, b) => a.usedMs - b.usedMs).map(({ traceId, size }) => [traceId, size]);
}
