/**
 * A trace whose file gives it no id: it is named by its content, so that the same file read twice is one trace
 * and its name on disk never matters. Its spans wait for that, up to a limit.
 */
import type { Json, JsonObject } from '../../model/json.ts';
import type { ForeignSink } from '../foreign/foreign-format.ts';
import { makeSpanItem } from '../foreign/span-item.ts';
import { textKey } from '../foreign/text-key.ts';
import { compareTimes } from '../genai/fine-time.ts';
import type { Slice } from './nest-slices.ts';

/** So many spans make the id; those behind them cannot change it. */
const MAX_WAITING = 10_000;

export class NamelessTrace {
  readonly #sink: ForeignSink;
  readonly #format: string;
  readonly #seed: string;
  #waiting: { readonly slice: Slice; readonly origin: JsonObject }[] = [];
  #key = '';
  #id: string | undefined;
  #first: Slice | undefined;

  /** `seed` tells it from another of the same spans. */
  constructor(sink: ForeignSink, format: string, seed = '') {
    this.#seed = seed;
    this.#sink = sink;
    this.#format = format;
  }

  /** `origin`: what else the format says of the span. */
  add(slice: Slice, origin: JsonObject): void {
    const { parentId, start, name } = slice;
    const order = this.#first === undefined ? -1 : compareTimes(start, this.#first.start);
    const isFirst = order < 0 || (order === 0 && name < (this.#first?.name ?? ''));
    if (parentId === undefined && isFirst) this.#first = slice;
    if (this.#id !== undefined) {
      this.#emit(this.#id, slice, origin);
      return;
    }
    this.#key = textKey(
      this.#key +
        this.#seed +
        JSON.stringify([slice.id, parentId ?? null, name, start, slice.end ?? null, slice.data]),
    );
    this.#waiting.push({ slice, origin });
    if (this.#waiting.length >= MAX_WAITING) this.#settle();
  }

  /** Emits the trace, where it has spans. `name`: else that of its first span is taken. */
  end(name: string | undefined, group: string | undefined, extra: JsonObject): void {
    if (this.#key === '') return;
    const id = this.#settle();
    this.#sink.item(
      {
        object: 'trace',
        id,
        workflow_name: (name ?? this.#first?.name ?? null) satisfies Json,
        group_id: group ?? null,
        metadata: null,
        origin: { format: this.#format, ...extra },
      },
      {},
    );
  }

  #settle(): string {
    const id = (this.#id ??= `${this.#format}-${this.#key}`);
    for (const { slice, origin } of this.#waiting) this.#emit(id, slice, origin);
    this.#waiting = [];
    return id;
  }

  #emit(traceId: string, { id, parentId, name, start, end, data, place }: Slice, origin: JsonObject): void {
    const hasData = Object.keys(data).length > 0;
    const item = makeSpanItem({
      traceId,
      spanId: id,
      parentId,
      start,
      end,
      data: { type: 'custom', name, ...(hasData && { data }) },
      origin: { format: this.#format, ...origin },
    });
    this.#sink.item(item, place);
  }
}
