/** Samples beside trace events, as Hermes writes them: each names a frame, which names the one it was called from. */
import { isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { compareTimes, readRelativeUs, type FineTime } from '../genai/fine-time.ts';
import { some } from '../genai/some.ts';
import type { ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SampleNester, type Frame } from '../profile/nest-samples.ts';
import type { SliceNester } from '../profile/nest-slices.ts';
import { laneOf, numberOf } from './read-event.ts';

interface Sample {
  readonly stack: readonly Frame[];
  readonly at: FineTime;
  readonly place: Place;
}

export function nestHermesSamples(
  samples: readonly { readonly value: Json; readonly place: Place }[],
  frames: JsonObject,
  nester: SliceNester,
  sink: ForeignSink,
): void {
  const stacks = new Map<string, readonly Frame[]>();
  const lanes = new Map<string, Sample[]>();
  for (const { value, place } of samples) {
    const raw = isJsonObject(value) ? value : {};
    const at = readRelativeUs(numberOf(ownAt(raw, 'ts')));
    const leaf = numberOf(ownAt(raw, 'sf'));
    if (at === undefined || Number.isNaN(leaf)) {
      sink.skip('bad-frame', place);
      continue;
    }
    const stack = stacks.get(String(leaf)) ?? findStack(frames, String(leaf), raw);
    stacks.set(String(leaf), stack);
    const lane = `samples ${laneOf(raw)}`;
    const known = lanes.get(lane);
    if (known === undefined) lanes.set(lane, [{ stack, at, place }]);
    else known.push({ stack, at, place });
  }
  for (const [lane, taken] of lanes) {
    const sampled = new SampleNester(nester, lane);
    taken.sort((a, b) => compareTimes(a.at, b.at));
    for (const { stack, at, place } of taken) sampled.sample(stack, at, place);
    sampled.end();
  }
}

/** From the outermost frame to `leaf`, as far as frames are listed: a file that was cut lists only some. */
function findStack(frames: JsonObject, leaf: string, { pid, tid }: JsonObject): readonly Frame[] {
  const stack: Frame[] = [];
  const seen = new Set<string>();
  for (let id: string | undefined = leaf; id !== undefined && !seen.has(id);) {
    seen.add(id);
    const listed: Json | undefined = ownAt(frames, id);
    const frame = isJsonObject(listed) ? listed : {};
    const data: JsonObject = {
      ...(pid !== undefined && { pid }),
      ...(tid !== undefined && { tid }),
      ...some({ cat: stringAt(frame, 'category') }),
    };
    stack.push({ key: id, name: stringAt(frame, 'name') ?? `frame ${id}`, data });
    const parent = numberOf(ownAt(frame, 'parent'));
    id = Number.isNaN(parent) ? undefined : String(parent);
  }
  return stack.reverse();
}
