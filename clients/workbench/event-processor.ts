/**
 * Tells a sender of every trace and span as it starts and ends. It fits our own tracing library and the OpenAI
 * Agents SDK alike, since both give spans that know their export, and data with what exporters leave out.
 */
import { includesSensitiveData, withoutContent } from './sensitive-data.ts';
import type { EventSender } from './event-sender.ts';
import type { TraceEventName } from './trace-event.ts';

/** A trace or span, of whatever library: `null` for one that is not recorded. */
interface Exportable {
  toJSON(): object | null;
}

interface ExportableSpan extends Exportable {
  readonly spanData: object;
}

const FLUSH_MS = 5000;

export class EventProcessor {
  /** Tells that a program brings its traces here itself, whichever copy of this file it loaded. */
  readonly isWorkbench = true;
  readonly #sender: EventSender;
  readonly #includesContent: boolean;

  constructor(sender: EventSender, includesContent: boolean = includesSensitiveData()) {
    this.#sender = sender;
    this.#includesContent = includesContent;
  }

  onTraceStart(trace: Exportable): Promise<void> {
    return this.#report('on_trace_start', trace);
  }

  onTraceEnd(trace: Exportable): Promise<void> {
    return this.#report('on_trace_end', trace);
  }

  onSpanStart(span: ExportableSpan): Promise<void> {
    return this.#report('on_span_start', span, span.spanData);
  }

  onSpanEnd(span: ExportableSpan): Promise<void> {
    return this.#report('on_span_end', span, span.spanData);
  }

  /** Resolves when the workbench has acknowledged everything so far, or it is put aside for it. Never rejects. */
  async forceFlush(): Promise<void> {
    await this.#sender.forceFlush();
  }

  /**
   * Flushes within the time and goes on: the SDK calls this when the program has nothing to do, and a program
   * may find something to do after that.
   */
  async shutdown(timeoutMs: number = FLUSH_MS): Promise<void> {
    await this.#sender.forceFlush(timeoutMs);
  }

  /** Never throws, and never makes the run wait: the event is written at once, and sent later. */
  #report(event: TraceEventName, source: Exportable, data?: object): Promise<void> {
    const item = readItem(source);
    if (item !== null) {
      const at = new Date().toISOString();
      const shown = this.#includesContent ? item : withoutContent(item);
      const more =
        data === undefined ? {} : { raw_type: readType(data), private_span_data: this.#hidden(data) };
      this.#sender.send({ event, at, item: shown, ...more });
    }
    return Promise.resolve();
  }

  /** What exporters strip: `_input`, `_response`. */
  #hidden(data: object): object | undefined {
    if (!this.#includesContent) return undefined;
    const fields = Object.entries(data).filter(([key, value]) => key.startsWith('_') && value !== undefined);
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
  }
}

function readType(data: object): string | undefined {
  return 'type' in data && typeof data.type === 'string' ? data.type : undefined;
}

/** The program's own data may make its export throw: then there is nothing to tell. */
function readItem(source: Exportable): object | null {
  try {
    return source.toJSON();
  } catch {
    return null;
  }
}
