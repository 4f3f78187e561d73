/** The times of a record in nanoseconds: microseconds and the rest that `origin` keeps of another tool's. */
import { isJsonList, objectAt, ownAt, stringAt, type JsonObject } from '../model/json.ts';
import { readIsoUs, type EpochUs } from '../model/time.ts';

export interface RecordTimes {
  /** NaN where the record does not say. */
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
  /** 0 to 999. */
  readonly startRestNs: number;
  readonly endRestNs: number;
}

export function readRecordTimes(record: JsonObject): RecordTimes {
  const origin = objectAt(record, 'origin');
  const rests = origin === undefined ? undefined : ownAt(origin, 'rest_ns');
  const rest = (i: number): number => {
    const value = isJsonList(rests) ? rests[i] : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1000 ? value : 0;
  };
  return {
    startUs: readUs(record, 'started_at', 'start_time'),
    endUs: readUs(record, 'ended_at', 'end_time'),
    startRestNs: rest(0),
    endRestNs: rest(1),
  };
}

/** The time at either key, in microseconds; NaN where there is none. */
export function readUs(object: JsonObject, key: string, other = key): EpochUs {
  const text = stringAt(object, key) ?? stringAt(object, other);
  return text === undefined ? Number.NaN : readIsoUs(text);
}

/** Whole nanoseconds in digits. */
export function writeNanoseconds(us: EpochUs, restNs: number): string {
  return (BigInt(us) * 1000n + BigInt(restNs)).toString();
}
