/** deepeval's traces: one object a trace, with a list of spans for each of its kinds. */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { some } from '../genai/some.ts';
import { DEEPEVAL, readDeepevalSpan } from './read-span.ts';

const LISTS = ['baseSpans', 'agentSpans', 'llmSpans', 'retrieverSpans', 'toolSpans'] as const;
/** So many spans wait for the id of their trace, where that stands behind them. */
const MAX_WAITING = 20_000;

export const deepevalTrace: ForeignFormat = {
  name: DEEPEVAL,
  label: 'deepeval trace',
  source: DEEPEVAL,
  sniff: ({ fields, text }: FileHead) => {
    const lists = LISTS.filter((list) => fields.has(list)).length;
    if (lists >= 2) return 1;
    return lists === 1 || /"(agentSpans|llmSpans|baseSpans)"/.test(text) ? 0.7 : 0;
  },
  open: (sink) => new ElementReader(sink, new DeepevalTraces(sink), { paths: LISTS }),
};

class DeepevalTraces implements ElementHandler {
  readonly #sink: ForeignSink;
  #fields: Record<string, Json> = {};
  #waiting: { readonly raw: Json; readonly place: Place }[] = [];

  constructor(sink: ForeignSink) {
    this.#sink = sink;
  }

  open(): void {
    this.#fields = {};
  }

  value(path: string, value: Json, { line }: Place): void {
    const isSpan = LISTS.some((list) => list === path);
    if (!isSpan) this.#fields[path] = value;
    else if (this.#waiting.push({ raw: value, place: line === undefined ? {} : { line } }) > MAX_WAITING)
      this.#emit();
  }

  close(): void {
    this.#emit();
    const id = stringAt(this.#fields, 'uuid');
    if (id !== undefined && id !== '') this.#sink.item(makeTrace(id, this.#fields), {});
    this.#fields = {};
  }

  fragment(value: Json, { line }: Place): boolean {
    const isSpan =
      isJsonObject(value) && stringAt(value, 'uuid') !== undefined && ownAt(value, 'type') !== undefined;
    if (isSpan) this.value('baseSpans', value, line === undefined ? {} : { line });
    return isSpan;
  }

  end(): void {
    // A file that was cut never closed its trace.
    if (this.#waiting.length > 0 || Object.keys(this.#fields).length > 0) this.close();
  }

  #emit(): void {
    const traceId = stringAt(this.#fields, 'uuid') ?? '';
    for (const { raw, place } of this.#waiting) {
      const item = readDeepevalSpan(raw, traceId);
      if (typeof item === 'string') this.#sink.skip(item, place);
      else this.#sink.item(item, place);
    }
    this.#waiting = [];
  }
}

const READ = new Set(['uuid', 'name', 'threadId', 'metadata', 'userId', 'tags', 'environment']);

function makeTrace(id: string, fields: JsonObject): JsonObject {
  const thread = stringAt(fields, 'threadId');
  const rest = Object.entries(fields).filter(([key]) => !READ.has(key));
  const metadata: JsonObject = {
    ...objectAt(fields, 'metadata'),
    ...some({
      user_id: ownAt(fields, 'userId') ?? undefined,
      tags: isJsonList(ownAt(fields, 'tags')) ? ownAt(fields, 'tags') : undefined,
      environment: stringAt(fields, 'environment'),
    }),
  };
  return {
    object: 'trace',
    id,
    workflow_name: stringAt(fields, 'name') ?? null,
    // Python's None, written as text.
    group_id: thread === undefined || thread === 'None' ? null : thread,
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
    origin: { format: DEEPEVAL, ...Object.fromEntries(rest) },
  };
}
