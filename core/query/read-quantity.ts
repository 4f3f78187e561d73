/** Reads numbers with their units and times as one says them. Undefined: it is none. */
import { readIsoUs, type DurationUs } from '../model/time.ts';
import type { FieldType } from './query-fields.ts';
import type { Quantity, TimeWord } from './query-tree.ts';

const COUNT = /^(\d+(?:\.\d+)?|\.\d+)([kmbg])?$/i;
const COUNT_UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, g: 1e9 };
const MONEY = /^\$?(\d+(?:\.\d+)?|\.\d+)([kc])?$/i;
const MONEY_UNITS: Readonly<Record<string, number>> = { k: 1e3, c: 0.01 };
const STEP = /(\d+(?:\.\d+)?|\.\d+)(us|µs|ms|s|m|h|d|w)/giy;
const DURATION_UNITS: Readonly<Record<string, DurationUs>> = {
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 7 * 86_400e6,
};

export function readQuantity(text: string, type: FieldType): Quantity | undefined {
  if (type === 'time') {
    const time = readTimeWord(text);
    return time && { kind: 'time', text, time };
  }
  const amount = readAmount(text, type);
  return amount === undefined ? undefined : { kind: 'number', text, amount };
}

/** Durations are microseconds, money is US dollars. */
function readAmount(text: string, type: FieldType): number | undefined {
  switch (type) {
    case 'count':
      return scaled(COUNT.exec(text), COUNT_UNITS);
    case 'money':
      return scaled(MONEY.exec(text), MONEY_UNITS);
    case 'duration':
      return readDurationUs(text);
    default: {
      const number = /^[-+]?(\d|\.\d)/.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(number) ? number : undefined;
    }
  }
}

function scaled(match: RegExpExecArray | null, units: Readonly<Record<string, number>>): number | undefined {
  if (match === null) return undefined;
  const amount = Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1);
  // `10k` is exactly ten thousand; a sum of floating parts would not always be.
  return Number.isFinite(amount) ? Number(amount.toPrecision(15)) : undefined;
}

/** `1m30s`, `500ms`; nothing but zero goes without a unit. */
export function readDurationUs(text: string): DurationUs | undefined {
  if (text === '0') return 0;
  let [us, end] = [0, 0];
  STEP.lastIndex = 0;
  for (let match = STEP.exec(text); match !== null; match = STEP.exec(text)) {
    us += Number(match[1]) * (DURATION_UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN);
    end = STEP.lastIndex;
  }
  return end > 0 && end === text.length && Number.isFinite(us) ? Number(us.toPrecision(15)) : undefined;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?(Z|[-+]\d{2}:?\d{2})?$/i;
const MINUTE_US = 60_000_000;
const SECOND_US = 1_000_000;

function readTimeWord(text: string): TimeWord | undefined {
  const word = text.toLowerCase();
  if (word === 'now') return { kind: 'now' };
  if (word === 'today' || word === 'yesterday') return { kind: 'day', back: word === 'today' ? 0 : 1 };
  const date = DATE.exec(text);
  if (date !== null) return readDate(date);
  const time = TIME.exec(text);
  if (time !== null) return readTime(time);
  const us = readDurationUs(text);
  return us === undefined ? undefined : { kind: 'ago', us };
}

function readDate([, year = '', month, day]: RegExpExecArray): TimeWord | undefined {
  // The reader of times knows how long each month is.
  if (Number.isNaN(readIsoUs(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`))) return undefined;
  if (month === undefined) return { kind: 'date', parts: [Number(year)] };
  if (day === undefined) return { kind: 'date', parts: [Number(year), Number(month)] };
  return { kind: 'date', parts: [Number(year), Number(month), Number(day)] };
}

function readTime([, date = '', clock = '', second, fraction, zone]: RegExpExecArray): TimeWord | undefined {
  const seconds = `${second ?? '00'}${fraction === undefined ? '' : `.${fraction}`}`;
  const us = readIsoUs(`${date}T${clock}:${seconds}${zone?.toUpperCase() ?? 'Z'}`);
  if (Number.isNaN(us)) return undefined;
  const lengthUs =
    second === undefined ? MINUTE_US : fraction === undefined ? SECOND_US : 10 ** (6 - fraction.length);
  return zone === undefined ? { kind: 'local', asUtcUs: us, lengthUs } : { kind: 'instant', us, lengthUs };
}
