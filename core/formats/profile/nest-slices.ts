/**
 * Makes spans of what begins and ends on a thread, told only by time and order. Each gets as parent what was
 * running when it began; an end closes the nearest of its name that is open, also where others above it are.
 *
 *     begin a |----------------|  end a
 *     begin b    |--------|       end b
 *     complete c    |---|                  (start and length in one event)
 */
import type { JsonObject } from '../../model/json.ts';
import { addTimes, compareTimes, type FineTime } from '../genai/fine-time.ts';
import type { Place } from '../foreign/foreign-format.ts';
import type { MessageCode } from '../messages.ts';

export interface Slice {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly start: FineTime;
  readonly end: FineTime | undefined;
  readonly data: JsonObject;
  readonly place: Place;
}

export interface SliceTaker {
  slice(slice: Slice): void;
  note(code: MessageCode, place: Place): void;
  skip(code: MessageCode, place: Place): void;
}

/** `end` is known of what came complete. */
type Running = Slice;

export class SliceNester {
  readonly #taker: SliceTaker;
  readonly #lanes = new Map<string, Running[]>();
  #count = 0;

  constructor(taker: SliceTaker) {
    this.#taker = taker;
  }

  begin(lane: string, name: string, start: FineTime, data: JsonObject, place: Place): void {
    this.#push(lane, { ...this.#place(lane, start), name, start, end: undefined, data, place });
  }

  complete(
    lane: string,
    name: string,
    start: FineTime,
    length: FineTime,
    data: JsonObject,
    place: Place,
  ): void {
    const slice = { ...this.#place(lane, start), name, start, end: addTimes(start, length), data, place };
    this.#taker.slice(slice);
    this.#push(lane, slice);
  }

  /** `name` undefined: whatever began last. */
  end(lane: string, name: string | undefined, at: FineTime, data: JsonObject, place: Place): void {
    const running = this.#lanes.get(lane) ?? [];
    const found = running.findLastIndex(
      (one) => one.end === undefined && (name === undefined || one.name === name),
    );
    const slice = running[found];
    if (slice === undefined) {
      this.#taker.skip('unmatched-end', place);
      return;
    }
    running.splice(found, 1);
    if (running.slice(found).some((above) => above.end === undefined))
      this.#taker.note('crossed-spans', place);
    this.#taker.slice({ ...slice, end: at, data: { ...slice.data, ...data } });
    if (running.length === 0) this.#lanes.delete(lane);
  }

  /** What has not ended by now is open. */
  finish(): void {
    for (const running of this.#lanes.values()) {
      for (const slice of running) {
        if (slice.end !== undefined) continue;
        this.#taker.note('unclosed-span', slice.place);
        this.#taker.slice(slice);
      }
    }
    this.#lanes.clear();
  }

  #place(lane: string, start: FineTime): Pick<Slice, 'id' | 'parentId'> {
    const running = this.#lanes.get(lane);
    for (let top = running?.at(-1); top?.end !== undefined; top = running?.at(-1)) {
      if (compareTimes(top.end, start) > 0) break;
      running?.pop();
    }
    return { id: String(++this.#count), parentId: running?.at(-1)?.id };
  }

  #push(lane: string, slice: Running): void {
    const running = this.#lanes.get(lane);
    if (running === undefined) this.#lanes.set(lane, [slice]);
    else running.push(slice);
  }
}
