/** The versions of the conventions that OTLP's envelopes name, by the traces whose spans stand inside them. */
import type { Json } from '../../model/json.ts';

/** Longer ones name no schema. */
const MAX_LENGTH = 1000;
/** So many of a trace are kept: one a library is usual. */
const MAX_URLS = 20;

export class SchemaUrls {
  readonly #urls = new Map<string, Set<string>>();
  readonly #traces = new Set<string>();
  #last = '';

  saw(traceId: string): void {
    if (traceId === this.#last) return;
    this.#last = traceId;
    this.#traces.add(traceId);
  }

  /** Another resource begins. */
  forgetTraces(): void {
    this.#traces.clear();
    this.#last = '';
  }

  /** Of the traces that were seen since the resource began. */
  add(url: Json | undefined): void {
    if (typeof url !== 'string' || url === '' || url.length > MAX_LENGTH) return;
    for (const traceId of this.#traces) {
      const urls = this.#urls.get(traceId) ?? new Set<string>();
      if (urls.size < MAX_URLS) urls.add(url);
      this.#urls.set(traceId, urls);
    }
  }

  *byTrace(): Generator<readonly [traceId: string, urls: readonly string[]]> {
    for (const [traceId, urls] of this.#urls) yield [traceId, [...urls].sort()];
  }
}
