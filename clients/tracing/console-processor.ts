/** Writes traces and spans to the console, one line each. */
import type { TracingExporter, TracingProcessor } from './processor.ts';
import { Span } from './span.ts';
import type { Trace } from './trace.ts';

type WriteLine = (line: string) => void;
// eslint-disable-next-line no-console -- writing there is what it is for
const toConsole: WriteLine = (line) => console.log(line);

/**
 * Tells what begins and ends as it happens.
 *
 * @example
 * addTraceProcessor(new ConsoleProcessor());
 */
export class ConsoleProcessor implements TracingProcessor {
  readonly #write: WriteLine;
  constructor(write: WriteLine = toConsole) {
    this.#write = write;
  }
  onTraceStart(trace: Trace): void {
    this.#write(`Trace started: ${trace.name} ${trace.traceId}`);
  }
  onTraceEnd(trace: Trace): void {
    this.#write(`Trace ${trace.status}: ${trace.name} ${trace.traceId} ${trace.duration ?? 0} ms`);
  }
  onSpanEnd(span: Span): void {
    this.#write(describe(span));
  }
}

/** The SDK's exporter of that name, for a `BatchProcessor`. */
export class ConsoleSpanExporter implements TracingExporter {
  readonly #write: WriteLine;
  constructor(write: WriteLine = toConsole) {
    this.#write = write;
  }
  export(items: readonly (Trace | Span)[]): void {
    for (const item of items) {
      this.#write(item instanceof Span ? describe(item) : `Trace ${item.name} ${item.traceId}`);
    }
  }
}

function describe(span: Span): string {
  const error = span.error === null ? '' : `, error: ${span.error.message}`;
  return `${'  '.repeat(span.depth)}${span.name} [${span.spanData.type}] ${span.duration ?? 0} ms${error}`;
}
