/** What a program gets where nothing is traced: the same shapes, which take everything and tell nobody. */
import type { SpanData } from './define-span-data.ts';
import { silentDispatcher } from './dispatcher.ts';
import { Span } from './span.ts';
import { Trace } from './trace.ts';

const NOOP_ID = 'no-op';

/** A trace that isn't kept. */
export class NoopTrace extends Trace {
  constructor() {
    super({ traceId: NOOP_ID, name: NOOP_ID }, silentDispatcher);
  }
  override get isRecording(): false {
    return false;
  }
  override start(): void {}
  override end(): void {}
  override toJSON(): null {
    return null;
  }
}

/** One is enough: it holds nothing of anybody. */
export const noopTrace = new NoopTrace();

/** A span that isn't kept; what is written to its data is read back, and goes nowhere. */
export class NoopSpan<D extends SpanData = SpanData> extends Span<D> {
  constructor(data: D) {
    super({ trace: noopTrace, data, spanId: NOOP_ID });
  }
  override get isRecording(): false {
    return false;
  }
  override start(): void {}
  override end(): void {}
  override toJSON(): null {
    return null;
  }
}
