/** One export: its bytes as they are asked for, and how far it is, for whoever watches. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { ExportState, ExportWish } from '../../../core/rpc/export.ts';
import { findByForm } from '../../../core/sanitise/found-by-form.ts';
import { SANITISE_RULES } from '../../../core/sanitise/rules.ts';
import type { SanitiserParts } from '../../../core/sanitise/sanitiser.ts';
import { agentsJsonl } from '../../../core/writers/agents-jsonl.ts';
import type { Chunk, ExportTarget, Sha256, TraceWriter } from '../../../core/writers/exported-trace.ts';
import { describeLoss } from '../../../core/writers/losses.ts';
import { ExportedTraces, type ExportSource } from './exported-traces.ts';

const CHUNK_BYTES = 256 * 1024;
/** After so long whoever else asks something of the host has their turn. */
const SLICE_MS = 10;

export class ExportRun {
  readonly target: ExportTarget;
  readonly #source: ExportSource;
  readonly #wish: ExportWish;
  readonly #traces: ExportedTraces;
  readonly #writer: TraceWriter;
  #phase: ExportState['phase'] = 'waiting';
  #message: string | undefined;
  #done = 0;
  #spans = 0;
  #bytes = 0;

  constructor(source: ExportSource, target: ExportTarget, wish: ExportWish) {
    this.target = target;
    this.#source = source;
    this.#wish = wish;
    this.#traces = new ExportedTraces(source, sanitiserOf(wish));
    this.#writer = target.open({ sha256 });
  }

  get state(): ExportState {
    return {
      phase: this.#phase,
      ...(this.#message !== undefined && { message: this.#message }),
      traces: this.#done,
      tracesTotal: this.#wish.traceIds.length,
      spans: this.#spans,
      bytes: this.#bytes,
      losses: [...this.#writer.losses].map(([code, count]) => ({
        code,
        count,
        message: describeLoss(code, count) ?? code,
      })),
      withheld: this.#traces.withheld?.counts() ?? [],
    };
  }

  /** What comes next ends the file where it is; a file that was cut is nowhere taken for a whole one. */
  cancel(): void {
    if (this.#phase === 'waiting' || this.#phase === 'running') this.#phase = 'cancelled';
  }

  /** Throws CancelledExportError, and whatever the writer throws. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    if (this.#phase !== 'waiting') throw new CancelledExportError();
    this.#phase = 'running';
    let parts: Uint8Array[] = [];
    let bytes = 0;
    let beganMs = performance.now();
    try {
      for (const chunk of this.#write()) {
        const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        if (part.length > 0) parts.push(part);
        bytes += part.length;
        this.#bytes += part.length;
        if (bytes >= CHUNK_BYTES) {
          yield Buffer.concat(parts);
          parts = [];
          bytes = 0;
        }
        if (performance.now() - beganMs < SLICE_MS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        beganMs = performance.now();
      }
      if (bytes > 0) yield Buffer.concat(parts);
      this.#phase = 'done';
    } catch (error) {
      if (!(error instanceof CancelledExportError)) {
        this.#phase = 'failed';
        this.#message = error instanceof Error ? error.message : String(error);
      }
      throw error;
    } finally {
      // Whoever took the bytes went away.
      this.cancel();
    }
  }

  *#write(): Generator<Chunk> {
    if (this.#isRaw) yield* this.#writeRaw();
    else yield* this.#writeAll();
  }

  /** Nothing is changed, so nothing need be read: the bytes themselves leave. */
  get #isRaw(): boolean {
    return this.target === agentsJsonl && this.#wish.rules.length === 0;
  }

  *#writeRaw(): Generator<Chunk> {
    for (const chunk of this.#source.rawLines(this.#wish.traceIds)) {
      this.#judgeCancel();
      yield chunk;
    }
    for (const id of this.#wish.traceIds) {
      this.#spans += this.#source.library.findSummary(id)?.spans ?? 0;
      this.#done++;
    }
  }

  *#writeAll(): Generator<Chunk> {
    yield* this.#writer.begin();
    for (const trace of this.#traces.walk(this.#wish.traceIds)) {
      this.#judgeCancel();
      if (trace === undefined) {
        yield NOTHING;
        continue;
      }
      for (const chunk of this.#writer.trace(trace)) {
        this.#judgeCancel();
        yield chunk;
      }
      this.#judgeCancel();
      this.#done++;
      this.#spans += trace.spans.length;
    }
    yield* this.#writer.end({
      withheld: this.#traces.withheld?.counts() ?? [],
      rules: this.#wish.rules,
      priceTable: null,
      views: this.#wish.views,
    });
  }

  #judgeCancel(): void {
    if (this.#phase === 'cancelled') throw new CancelledExportError();
  }
}

/** A step that made no bytes. */
const NOTHING = new Uint8Array(0);

/** Somebody wants the rest no more. */
export class CancelledExportError extends Error {
  constructor() {
    super('The export was cancelled.');
    this.name = 'CancelledExportError';
  }
}

/** The key of the pseudonyms is of this export alone, and never leaves it. */
export function sanitiserOf({ rules }: Pick<ExportWish, 'rules'>): SanitiserParts | undefined {
  if (rules.length === 0) return undefined;
  const key = randomBytes(32);
  const chosen = new Set(SANITISE_RULES.filter((rule) => rules.includes(rule)));
  return {
    rules: chosen,
    detectors: findByForm(chosen),
    makePseudonym: (kind, id) => {
      const digest = createHmac('sha256', key).update(`${kind}\0${id}`).digest('hex');
      return `${kind === 'groups' ? 'group' : 'user'}-${digest.slice(0, 20)}`;
    },
  };
}

function sha256(): Sha256 {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}
