/** Makes the spans of one profile: of events that open and close frames, or of weighed samples of the stack. */
import {
  isJsonList,
  isJsonObject,
  numberAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { addTimes, readRelativeUs, type FineTime } from '../genai/fine-time.ts';
import { without } from '../genai/without.ts';
import type { ForeignSink, Place } from '../foreign/foreign-format.ts';
import { NamelessTrace } from '../profile/nameless-trace.ts';
import { SampleNester, type Frame } from '../profile/nest-samples.ts';
import { SliceNester } from '../profile/nest-slices.ts';

export interface SpeedscopeProfile {
  readonly fields: JsonObject;
  readonly events: readonly { readonly value: Json; readonly place: Place }[];
}

const UNITS_US = new Map([
  ['seconds', 1e6],
  ['milliseconds', 1e3],
  ['microseconds', 1],
  ['nanoseconds', 1e-3],
]);
const LANE = '';
const ZERO: FineTime = { us: 0, restNs: 0 };

export function addSpeedscopeProfile(
  { fields, events }: SpeedscopeProfile,
  frames: readonly Json[],
  file: JsonObject,
  group: string | undefined,
  sink: ForeignSink,
  format: string,
): void {
  const unit = UNITS_US.get(stringAt(fields, 'unit') ?? '');
  if (unit === undefined) sink.note('no-time-unit', {});
  const trace = new NamelessTrace(
    sink,
    format,
    JSON.stringify([file['name'] ?? null, fields['name'] ?? null]),
  );
  const nester = new SliceNester({
    slice: ({ data, ...slice }) => {
      trace.add({ ...slice, data }, {});
    },
    note: (code, place) => {
      sink.note(code, place);
    },
    skip: (code, place) => {
      sink.skip(code, place);
    },
  });
  const frame = makeFrames(frames, sink);
  const timeOf = (value: number): FineTime | undefined => readRelativeUs(value * (unit ?? 1));
  if (isJsonList(ownAt(fields, 'samples'))) addSamples(fields, frame, timeOf, nester, sink);
  else addEvents(events, frame, timeOf, nester, sink);
  nester.finish();
  const { name, ...rest } = without(fields, 'samples', 'weights');
  trace.end(typeof name === 'string' ? name : undefined, group, { profile: rest, file });
}

function addEvents(
  events: SpeedscopeProfile['events'],
  frame: (index: Json | undefined, place: Place) => Frame | undefined,
  timeOf: (value: number) => FineTime | undefined,
  nester: SliceNester,
  sink: ForeignSink,
): void {
  for (const { value, place } of events) {
    const event = isJsonObject(value) ? value : {};
    const at = timeOf(numberAt(event, 'at') ?? Number.NaN);
    const found = frame(ownAt(event, 'frame'), place);
    const type = stringAt(event, 'type');
    if (found === undefined || at === undefined) {
      if (found !== undefined) sink.skip('unknown-object', place);
    } else if (type === 'O') nester.begin(LANE, found.name, at, found.data, place);
    else if (type === 'C') nester.end(LANE, found.name, at, {}, place);
    else sink.skip('unknown-object', place);
  }
}

/** Each sample lasts as long as its weight. */
function addSamples(
  fields: JsonObject,
  frame: (index: Json | undefined, place: Place) => Frame | undefined,
  timeOf: (value: number) => FineTime | undefined,
  nester: SliceNester,
  sink: ForeignSink,
): void {
  const samples = ownAt(fields, 'samples');
  const weights = ownAt(fields, 'weights');
  const sampled = new SampleNester(nester, LANE);
  let at = timeOf(numberAt(fields, 'startValue') ?? 0) ?? ZERO;
  for (const [i, sample] of (isJsonList(samples) ? samples : []).entries()) {
    const weight = isJsonList(weights) ? weights[i] : undefined;
    const length = typeof weight === 'number' && weight >= 0 ? timeOf(weight) : undefined;
    const stack = (isJsonList(sample) ? sample : []).map((index) => frame(index, {}));
    if (length === undefined || stack.includes(undefined)) {
      if (length === undefined) sink.skip('unknown-object', {});
      continue;
    }
    sampled.sample(
      stack.flatMap((each) => each ?? []),
      at,
      {},
    );
    at = addTimes(at, length);
  }
  sampled.end(at);
}

/** Frames by their index. A file that was cut before its list of frames has their numbers for names. */
function makeFrames(
  frames: readonly Json[],
  sink: ForeignSink,
): (index: Json | undefined, place: Place) => Frame | undefined {
  return (index, place) => {
    const raw = typeof index === 'number' ? frames[index] : undefined;
    const key = JSON.stringify(index);
    if (isJsonObject(raw)) {
      const { name, ...data } = raw;
      return { key, name: typeof name === 'string' ? name : '', data };
    }
    if (frames.length === 0 && typeof index === 'number') return { key, name: `frame ${key}`, data: {} };
    sink.skip('bad-frame', place);
    return undefined;
  };
}
