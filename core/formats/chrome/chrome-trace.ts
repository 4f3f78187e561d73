/**
 * Chrome's trace events: a list, which need not be closed, or an object around it; also the samples that Hermes
 * writes beside them. Events come in any order, so they wait to be sorted: so many of them at a time that a
 * file of any length takes no more memory.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import { FirstByteReader } from '../foreign/first-byte-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { compareTimes } from '../genai/fine-time.ts';
import { NamelessTrace } from '../profile/nameless-trace.ts';
import { SliceNester } from '../profile/nest-slices.ts';
import { nestHermesSamples } from './hermes-samples.ts';
import { readChromeEvent, type ChromeEvent } from './read-event.ts';

const CHROME = 'chrome-trace';
/** So many events are sorted at a time, about 60 MB; one that comes later than half of them is nested as it comes. */
const MAX_WAITING = 20_000;
/** So many are settled at a time: more would fill memory with what they became. */
const SETTLED = 2000;
const OPEN_ARRAY = 0x5b;
/** Frames are listed by their numbers, as fields of one object. */
const FRAMES = 'stackFrames.';

export const chromeTrace: ForeignFormat = {
  name: CHROME,
  label: 'Chrome trace events',
  source: CHROME,
  sniff: ({ fields, text }: FileHead) => {
    if (fields.has('traceEvents')) return 1;
    if (fields.has('ph') && fields.has('ts')) return fields.has('pid') || fields.has('tid') ? 1 : 0.7;
    return /"ph"\s*:\s*"[BEXbe]"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => {
    const events = new ChromeEvents(sink);
    return new FirstByteReader((byte) =>
      byte === OPEN_ARRAY
        ? new ElementReader(sink, events, { paths: [''], mayStayOpen: true })
        : new ElementReader(sink, events, { paths: ['traceEvents', 'samples', `${FRAMES}*`] }),
    );
  },
};

class ChromeEvents implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #trace: NamelessTrace;
  readonly #nester: SliceNester;
  #waiting: ChromeEvent[] = [];
  readonly #samples: { readonly value: Json; readonly place: Place }[] = [];
  readonly #names: Json[] = [];
  readonly #fields: Record<string, Json> = {};
  readonly #frames: Record<string, Json> = {};
  #process: string | undefined;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#trace = new NamelessTrace(sink, CHROME);
    this.#nester = new SliceNester({
      slice: ({ data, ...slice }) => {
        const { args, ...origin } = data;
        this.#trace.add({ ...slice, data: isJsonObject(args) ? args : {} }, origin);
      },
      note: (code, place) => {
        sink.note(code, place);
      },
      skip: (code, place) => {
        sink.skip(code, place);
      },
    });
  }

  value(path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (path === '' || path === 'traceEvents') this.#take(value, place);
    else if (path === 'samples') this.#samples.push({ value, place });
    else if (path.startsWith(FRAMES)) this.#frames[path.slice(FRAMES.length)] = value;
    else this.#fields[path] = value;
  }

  fragment(value: Json, { line }: Place): boolean {
    const isEvent =
      isJsonObject(value) && ownAt(value, 'ph') !== undefined && ownAt(value, 'pid') !== undefined;
    if (isEvent) this.#take(value, line === undefined ? {} : { line });
    return isEvent;
  }

  end(): void {
    this.#settle(0);
    nestHermesSamples(this.#samples, this.#frames, this.#nester, this.#sink);
    this.#nester.finish();
    const names = this.#names.length > 0 ? { names: this.#names } : {};
    this.#trace.end(this.#process, undefined, { ...this.#fields, ...names });
  }

  #take(raw: Json, place: Place): void {
    const event = readChromeEvent(raw, place);
    if (event === undefined) this.#skip(raw, place);
    else if (this.#waiting.push(event) >= MAX_WAITING) this.#settle(MAX_WAITING - SETTLED);
  }

  #skip(raw: Json, place: Place): void {
    if (!isJsonObject(raw)) this.#sink.skip('not-an-object', place);
    else if (stringAt(raw, 'ph') === 'M') this.#learnName(raw);
    else if (ownAt(raw, 'ph') === undefined) this.#sink.skip('unknown-object', place);
    else this.#sink.skip('not-a-span', place);
  }

  /** What processes and threads are called is kept with the trace. */
  #learnName(raw: JsonObject): void {
    this.#names.push(raw);
    const name = stringAt(objectAt(raw, 'args') ?? {}, 'name');
    if (stringAt(raw, 'name') === 'process_name') this.#process ??= name;
  }

  /** Nests the earliest, until no more than `left` wait. */
  #settle(left: number): void {
    const events = sortEvents(this.#waiting);
    this.#waiting = events.splice(Math.max(events.length - left, 0));
    for (const { phase, lane, name, at, length, data, place } of events) {
      if (phase === 'begin') this.#nester.begin(lane, name ?? '', at, data, place);
      else if (phase === 'end') this.#nester.end(lane, name, at, data, place);
      else {
        const isTold = length !== undefined && length.us >= 0;
        if (!isTold) this.#sink.note(length === undefined ? 'missing-duration' : 'negative-duration', place);
        this.#nester.complete(lane, name ?? '', at, isTold ? length : { us: 0, restNs: 0 }, data, place);
      }
    }
  }
}

/** By time, else as they came; of complete events of one time the longer is around the shorter. */
function sortEvents(events: readonly ChromeEvent[]): ChromeEvent[] {
  const sorted = [...events].sort((a, b) => compareTimes(a.at, b.at));
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    const first = sorted[i];
    while (first?.phase === 'complete' && isSameMoment(first, sorted[end])) end++;
    if (end - i > 1) {
      const run = sorted.slice(i, end).sort((a, b) => compareTimes(b.length ?? NONE, a.length ?? NONE));
      sorted.splice(i, run.length, ...run);
    }
    i = end;
  }
  return sorted;
}

const NONE = { us: 0, restNs: 0 };

function isSameMoment(a: ChromeEvent, b: ChromeEvent | undefined): boolean {
  return b?.phase === 'complete' && compareTimes(a.at, b.at) === 0;
}
