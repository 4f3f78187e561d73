/**
 * Runs of LangSmith: lists, lines, the answer of its API (`runs`), the bodies that its SDKs post (`post` and `patch`),
 * and runs with those below them inside (`child_runs`). A project of LangSmith is no span; it is told of the trace.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { HeldReports } from '../foreign/held-reports.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readRun, readRunId } from './read-run.ts';

const LANGSMITH = 'langsmith';
const LISTS: readonly string[] = ['runs', 'post', 'patch', 'child_runs'];

export const langsmithRuns: ForeignFormat = {
  name: LANGSMITH,
  label: 'LangSmith runs',
  source: LANGSMITH,
  sniff: ({ fields, text }: FileHead) => {
    const has = (key: string): boolean =>
      ['', 'runs.', 'post.', 'patch.'].some((list) => fields.has(list + key));
    if (has('dotted_order') && (has('run_type') || has('trace_id'))) return 1;
    if (has('run_type') && (has('parent_run_id') || has('child_runs'))) return 1;
    return /"run_type"/.test(text) && /"dotted_order"|"parent_run_id"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => new ElementReader(sink, new LangsmithRuns(sink), { paths: LISTS }),
};

class LangsmithRuns implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  readonly #runs: HeldReports;
  /** The fields of the object that is being read, which is a run or something around a list of them. */
  #fields: Record<string, Json> = {};
  #place: Place = {};

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, LANGSMITH);
    this.#runs = new HeldReports({
      isWhole: (run) => isSaid(run, 'end_time') && isSaid(run, 'run_type') && isSaid(run, 'start_time'),
      take: (run, place) => {
        this.#convert(run, place);
      },
    });
  }

  open(path: string): void {
    if (path === '') this.#begin();
  }

  value(path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (LISTS.includes(path)) this.#take(value, place);
    else if (!path.includes('.') && path !== '') {
      if (Object.keys(this.#fields).length === 0) this.#place = place;
      this.#fields[path] = value;
    } else if (path === '') this.#sink.skip('not-an-object', place);
  }

  close(path: string): void {
    if (path === '') this.#settle();
  }

  fragment(value: Json, { line }: Place): boolean {
    const isRun = isJsonObject(value) && readRunId(value) !== undefined && isSaid(value, 'run_type');
    if (isRun) this.#take(value, line === undefined ? {} : { line });
    return isRun;
  }

  end(): void {
    // A file that was cut never closed its object.
    this.#settle();
    this.#runs.end();
    this.#spans.end();
  }

  #begin(): void {
    this.#fields = {};
    this.#place = {};
  }

  #settle(): void {
    const fields: JsonObject = this.#fields;
    const place = this.#place;
    this.#begin();
    if (isSaid(fields, 'run_type') || isSaid(fields, 'dotted_order')) this.#take(fields, place);
    else if (isSaid(fields, 'id')) this.#sink.skip('unknown-object', place);
  }

  /** A run and those inside it. */
  #take(given: Json, place: Place): void {
    const open: Json[] = [given];
    for (let run = open.pop(); run !== undefined; run = open.pop()) {
      if (!isJsonObject(run)) {
        this.#sink.skip('not-an-object', place);
        continue;
      }
      const { child_runs: children, ...own } = run;
      if (isJsonList(children)) open.push(...[...children].reverse());
      const id = readRunId(own);
      if (id === undefined) this.#sink.skip('span-without-id', place);
      else this.#runs.add(id, { fields: own, rank: isSaid(own, 'end_time') ? '1 ended' : '0 begun' }, place);
    }
  }

  #convert(run: JsonObject, place: Place): void {
    const span = readRun(run);
    if (typeof span === 'string') {
      this.#sink.skip(span, place);
      return;
    }
    this.#spans.add(span, place);
    const project = stringAt(run, 'session_name');
    if (span.parentId === undefined && project !== undefined) {
      this.#spans.describe(span.traceId, { metadata: { project } });
    }
  }
}

function isSaid(run: JsonObject, key: string): boolean {
  const value = ownAt(run, key);
  return value !== undefined && value !== null && value !== '';
}
