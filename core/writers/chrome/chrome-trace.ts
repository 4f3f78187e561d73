/** Chrome's trace events, as Perfetto and chrome://tracing open them: a process a trace, lanes as its threads. */
import { wordsOf } from '../../rpc/export-targets.ts';
import { without } from '../../formats/genai/without.ts';
import { at } from '../../model/assert.ts';
import {
  canonicalJson,
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { kindOf } from '../../model/span-kind.ts';
import type { Chunk, ExportedSpan, ExportedTrace, ExportTarget, TraceWriter } from '../exported-trace.ts';
import { LossTally } from '../losses.ts';
import { mergeExported } from '../merged-record.ts';
import { readRecordTimes, type RecordTimes } from '../times.ts';
import { Lanes } from './lanes.ts';

export const chromeTraceTarget: ExportTarget = {
  ...wordsOf('chrome'),
  extension: '.trace.json',
  contentType: 'application/json',
  readable: true,
  open: () => new ChromeWriter(),
};

/** The format that our reader names these by. */
const CHROME = 'chrome-trace';
/** Later microseconds leave a double no room for nanoseconds. */
const FINE_UNTIL_US = 2 ** 42;

class ChromeWriter implements TraceWriter {
  readonly #losses = new LossTally();
  #traces = 0;
  #isFirst = true;
  #fields: JsonObject = {};

  get losses(): ReadonlyMap<string, number> {
    return this.#losses.counts;
  }

  begin(): Iterable<Chunk> {
    return ['{"traceEvents":['];
  }

  *trace(trace: ExportedTrace): Iterable<Chunk> {
    this.#traces++;
    if (trace.notes.length > 0) this.#losses.add('notes');
    const own = objectAt(trace.records[0] ?? {}, 'origin') ?? {};
    const isChrome = stringAt(own, 'format') === CHROME;
    if (isChrome) {
      const { names } = own;
      const fields = without(own, 'format', 'source', 'names');
      this.#fields = { ...fields, ...this.#fields };
      for (const event of isJsonList(names) ? names : []) yield this.#event(event);
    } else {
      yield this.#event(nameProcess(this.#traces, trace.summary.workflowName || trace.summary.id));
      if (Object.keys(trace.summary.metadata).length > 0) this.#losses.add('trace-items');
    }
    const lanes = new Lanes();
    const rows = new Map<string, number>();
    for (let row = 0; row < trace.spans.length; row++) rows.set(trace.spans.spanId(row), row);
    for (const span of trace.walkSpans()) {
      const row = rows.get(span.spanId);
      if (row === undefined) continue;
      for (const event of this.#eventsOf(trace, span, row, lanes)) yield this.#event(event);
    }
  }

  end(): Iterable<Chunk> {
    const fields = Object.entries(this.#fields).filter(([key]) => key !== 'traceEvents');
    const rest = canonicalJson(Object.fromEntries([['displayTimeUnit', 'ms'], ...fields])).slice(1, -1);
    return [`\n],${rest}}\n`];
  }

  #event(event: Json): string {
    const before = this.#isFirst ? '\n' : ',\n';
    this.#isFirst = false;
    return before + canonicalJson(event);
  }

  #eventsOf(trace: ExportedTrace, span: ExportedSpan, row: number, lanes: Lanes): readonly JsonObject[] {
    const { record, conflict } = mergeExported(span);
    if (conflict) this.#losses.add('reports-merged');
    const times = readRecordTimes(record);
    if (Number.isNaN(times.startUs)) {
      this.#losses.add('untimed');
      return [];
    }
    if (this.#isTooFine(times)) this.#losses.add('nanoseconds');
    const origin = objectAt(record, 'origin') ?? {};
    const isOwn = stringAt(origin, 'format') === CHROME;
    const { spans } = trace;
    const parentId = spans.parentId(row);
    const endUs = Number.isNaN(times.endUs) ? Infinity : Math.max(times.endUs, times.startUs);
    const place = isOwn
      ? pick(origin, ['pid', 'tid', 'cat', 'id'])
      : {
          cat: kindOf(at(spans.columns.kind, row)),
          pid: this.#traces,
          tid: lanes.place(span.spanId, parentId, times.startUs, endUs),
        };
    const args = isOwn ? readOwnArgs(record) : makeArgs(record, trace.summary.id);
    const name = isOwn ? (stringAt(objectAt(record, 'span_data') ?? {}, 'name') ?? '') : spans.name(row);
    const event: JsonObject = {
      name,
      ...place,
      ts: microseconds(times.startUs, times.startRestNs),
      ...(args !== undefined && { args }),
    };
    return close(event, times, isOwn && ownAt(origin, 'id') !== undefined);
  }

  #isTooFine({ startUs, startRestNs, endRestNs }: RecordTimes): boolean {
    return (startRestNs > 0 || endRestNs > 0) && startUs >= FINE_UNTIL_US;
  }
}

/** One event with its length, two for what is asynchronous, and a mere beginning for what has not ended. */
function close(event: JsonObject, times: RecordTimes, isAsync: boolean): readonly JsonObject[] {
  if (Number.isNaN(times.endUs)) return [{ ...event, ph: isAsync ? 'b' : 'B' }];
  const end = microseconds(times.endUs, times.endRestNs);
  if (isAsync) {
    const rest = without(event, 'args');
    return [
      { ...event, ph: 'b' },
      { ...rest, ph: 'e', ts: end },
    ];
  }
  const restNs = times.startUs >= FINE_UNTIL_US ? 0 : times.endRestNs - times.startRestNs;
  const dur = Math.max(Math.round((times.endUs - times.startUs) * 1000 + restNs) / 1000, 0);
  return [{ ...event, ph: 'X', dur }];
}

function microseconds(us: number, restNs: number): number {
  return us >= FINE_UNTIL_US ? us : us + restNs / 1000;
}

function nameProcess(pid: number, name: string): JsonObject {
  return { ph: 'M', name: 'process_name', pid, tid: 0, ts: 0, args: { name } };
}

function readOwnArgs(record: JsonObject): JsonObject | undefined {
  return objectAt(objectAt(record, 'span_data') ?? {}, 'data');
}

function makeArgs(record: JsonObject, traceId: string): JsonObject {
  const error = ownAt(record, 'error');
  return {
    trace_id: traceId,
    span_id: ownAt(record, 'id') ?? null,
    parent_id: ownAt(record, 'parent_id') ?? null,
    data: ownAt(record, 'span_data') ?? null,
    ...(isJsonObject(error) && { error }),
  };
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = ownAt(object, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
