/** Writes one JSONL file a trace, as Tracebench and others import it. Node only. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { warn } from '../workbench/notice.ts';
import { writeSafeJson } from '../workbench/safe-json.ts';
import { getClientPlatform } from './client-platform.ts';
import type { TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

/** UTF-16 units that may wait for the disk. */
const MOST_WAITING = 32 * 1024 * 1024;

/**
 * The trace's item when it starts, each span's when it ends. Files are readable by the user alone.
 *
 * @example
 * addTraceProcessor(new FileProcessor({ directory: 'traces' }));
 */
export class FileProcessor implements TracingProcessor {
  readonly #directory: string;
  readonly #forgetExit: () => void;
  #waiting = new Map<string, string>();
  #size = 0;
  #running: Promise<void> | undefined;
  #isTold = false;

  constructor({ directory }: { readonly directory: string }) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#forgetExit = getClientPlatform().onExit({
      isPending: () => this.#waiting.size > 0 || this.#running !== undefined,
      flush: () => this.forceFlush(),
      abandon: () => this.#writeNow(),
    });
  }

  onTraceStart(trace: Trace): void {
    this.#add(trace.traceId, trace.toJSON());
  }
  onSpanEnd(span: Span): void {
    this.#add(span.traceId, span.toJSON());
  }

  /** Resolves when all lines so far are written. */
  async forceFlush(): Promise<void> {
    while (this.#waiting.size > 0 || this.#running !== undefined) await this.#start();
  }
  async shutdown(): Promise<void> {
    await this.forceFlush();
    this.#forgetExit();
  }

  #add(traceId: string, item: object | null): void {
    const line = `${writeSafeJson(item)}\n`;
    if (this.#size + line.length > MOST_WAITING) {
      this.#tell('the disk does not keep up');
      return;
    }
    const file = fileNameOf(traceId);
    this.#waiting.set(file, (this.#waiting.get(file) ?? '') + line);
    this.#size += line.length;
    void this.#start();
  }

  #start(): Promise<void> {
    return (this.#running ??= this.#run().finally(() => (this.#running = undefined)));
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = this.#take();
      for (const [file, text] of batch) {
        try {
          await appendFile(join(this.#directory, file), text, { mode: 0o600 });
        } catch (error) {
          this.#tell(error instanceof Error ? error.message : String(error));
        }
      }
    }
  }

  #writeNow(): void {
    for (const [file, text] of this.#take())
      appendFileSync(join(this.#directory, file), text, { mode: 0o600 });
  }

  #take(): Map<string, string> {
    const taken = this.#waiting;
    this.#waiting = new Map();
    this.#size = 0;
    return taken;
  }

  #tell(why: string): void {
    if (!this.#isTold) warn(`Tracebench: trace files are not complete: ${why}`);
    this.#isTold = true;
  }
}

/** A name that stays in its directory on every platform; ids that had to change get a hash, so none meet. */
export function fileNameOf(traceId: string): string {
  const safe = traceId.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 100);
  if (safe === traceId && safe !== '') return `${safe}.jsonl`;
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < traceId.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(traceId.charCodeAt(i))) * 0x100000001b3n);
  }
  return `${safe}-${hash.toString(16).padStart(16, '0')}.jsonl`;
}
