/** Nanoseconds since 1970 as exact microseconds and a remainder: a double cannot hold them. */
import type { EpochUs } from '../../model/time.ts';

export interface FineTime {
  readonly us: EpochUs;
  /** 0 to 999: nanoseconds past `us`. */
  readonly restNs: number;
}

const DIGITS = /^\d{1,20}$/;
/** The year 9999: what lies behind it is no time, but a wrong unit. */
const MAX_US = 253_402_300_800_000_000;

/** Reads nanoseconds written in digits; undefined where it is none, or zero, which means "not said". */
export function readNanoseconds(digits: string): FineTime | undefined {
  return readEpochNanoseconds(digits) ?? readAnyNanoseconds(digits);
}

/** Digits by hand, as long as those of any time from 1973 to 5138: it runs twice a span. */
function readEpochNanoseconds(digits: string): FineTime | undefined {
  const { length } = digits;
  if (length < 18 || length > 20) return undefined;
  let us = 0;
  for (let i = 0; i < length - 3; i++) {
    const digit = digits.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    us = us * 10 + digit;
  }
  let restNs = 0;
  for (let i = length - 3; i < length; i++) {
    const digit = digits.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    restNs = restNs * 10 + digit;
  }
  return us === 0 || us > Number.MAX_SAFE_INTEGER ? undefined : { us, restNs };
}

function readAnyNanoseconds(digits: string): FineTime | undefined {
  if (!DIGITS.test(digits)) return undefined;
  const us = Number(digits.slice(0, -3));
  const restNs = Number(digits.slice(-3));
  return (us === 0 && restNs === 0) || us > MAX_US ? undefined : { us, restNs };
}

/** The same of whole or broken microseconds. */
export function readMicroseconds(us: number): FineTime | undefined {
  if (!Number.isFinite(us) || us <= 0 || us > MAX_US) return undefined;
  const whole = Math.floor(us);
  return { us: whole, restNs: Math.floor((us - whole) * 1000) };
}

/** Microseconds from whatever origin the writer had: 0 and what lies before it are times as well. */
export function readRelativeUs(us: number): FineTime | undefined {
  if (!Number.isFinite(us) || Math.abs(us) > MAX_US) return undefined;
  const whole = Math.floor(us);
  const restNs = Math.round((us - whole) * 1000);
  return restNs === 1000 ? { us: whole + 1, restNs: 0 } : { us: whole, restNs };
}

/** The sum in whole nanoseconds: 0.1 and 0.2 are 0.3. */
export function addTimes(a: FineTime, b: FineTime): FineTime {
  const restNs = a.restNs + b.restNs;
  return { us: a.us + b.us + Math.floor(restNs / 1000), restNs: restNs % 1000 };
}

/** Negative where `a` is the earlier. */
export function compareTimes(a: FineTime, b: FineTime): number {
  return a.us - b.us || a.restNs - b.restNs;
}
