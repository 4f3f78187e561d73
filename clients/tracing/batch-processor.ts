/** Gathers traces as they start and spans as they end, and hands them to an exporter in batches. */
import { warn } from '../workbench/notice.ts';
import { unreferenced } from '../workbench/unreferenced.ts';
import { getClientPlatform } from './client-platform.ts';
import type { TracingExporter, TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

export interface BatchOptions {
  /** The most that wait; what comes beyond is dropped and told once. Default 1,000. */
  readonly maxQueueSize?: number | undefined;
  /** Default 100. */
  readonly maxBatchSize?: number | undefined;
  /** Milliseconds between two exports. Default 5,000. */
  readonly scheduleDelay?: number | undefined;
  /** The part of the queue that sets off an export at once. Default 0.8. */
  readonly exportTriggerRatio?: number | undefined;
}

/**
 * The SDK's batch processor with the SDK's numbers. What an exporter throws is told once and costs that batch.
 *
 * @example
 * addTraceProcessor(new BatchProcessor({ export: (items) => console.log(items.length) }));
 */
export class BatchProcessor implements TracingProcessor {
  readonly #exporter: TracingExporter;
  readonly #most: number;
  readonly #batch: number;
  readonly #delayMs: number;
  readonly #trigger: number;
  readonly #forgetExit: () => void;
  #items: (Trace | Span)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;
  #isTold = false;
  /** Items that the queue had no room for, or the exporter failed to take. */
  dropped = 0;

  constructor(exporter: TracingExporter, options: BatchOptions = {}) {
    this.#exporter = exporter;
    this.#most = options.maxQueueSize ?? 1000;
    this.#batch = options.maxBatchSize ?? 100;
    this.#delayMs = options.scheduleDelay ?? 5000;
    this.#trigger = this.#most * (options.exportTriggerRatio ?? 0.8);
    this.#forgetExit = getClientPlatform().onExit({
      isPending: () => this.#items.length > 0 || this.#running !== undefined,
      flush: (withinMs) => this.shutdown(withinMs),
      abandon: () => undefined,
    });
  }

  onTraceStart(trace: Trace): void {
    this.#add(trace);
  }
  onSpanEnd(span: Span): void {
    this.#add(span);
  }

  /** Resolves when all that waited was handed to the exporter, and it was done. */
  async forceFlush(): Promise<void> {
    while (this.#items.length > 0 || this.#running !== undefined) await this.#start();
  }

  /** Flushes within the time, and takes nothing more. */
  async shutdown(timeoutMs = 5000): Promise<void> {
    this.#isClosed = true;
    let hold: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => (hold = setTimeout(resolve, timeoutMs)));
    await Promise.race([this.forceFlush(), deadline]);
    clearTimeout(hold);
    this.#forgetExit();
  }

  #add(item: Trace | Span): void {
    if (this.#isClosed) return;
    if (this.#items.length >= this.#most) {
      this.#drop(1, 'is full');
      return;
    }
    this.#items.push(item);
    if (this.#items.length >= this.#trigger) void this.#start();
    else this.#timer ??= unreferenced(setTimeout(() => void this.#start(), this.#delayMs));
  }

  #start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#running ??= this.#run().finally(() => (this.#running = undefined)));
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#items.length > 0) {
      const batch = this.#items.splice(0, this.#batch);
      try {
        await this.#exporter.export(batch);
      } catch (error) {
        this.#drop(
          batch.length,
          `could not export: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }

  #drop(count: number, why: string): void {
    this.dropped += count;
    if (!this.#isTold) warn(`Tracebench: the batch processor ${why}. Traces and spans are lost.`);
    this.#isTold = true;
  }
}
