/** Times of the model: microseconds since 1970-01-01T00:00:00Z, held in a double (exact until the year 2255). */
export type EpochUs = number;
/** A length of time in microseconds. */
export type DurationUs = number;
/** A length of time in milliseconds; fractions are kept. */
export type DurationMs = number;

/** The clock that core is given: it never reads one itself. */
export type Clock = () => EpochUs;

/**
 * Reads an ISO 8601 time with up to nine digits of fraction and keeps its microseconds.
 * A time without a zone is UTC, as both SDKs write it. Anything else is NaN: unknown, never zero.
 * By hand, because it runs twice a span and a regular expression costs ten times as much.
 */
export function readIsoUs(text: string): EpochUs {
  if (!hasSeparators(text)) return Number.NaN;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const second = digitsAt(text, 17, 2);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  let zone = 19;
  let fractionUs = 0;
  const mark = text.charCodeAt(19);
  if (mark === POINT || mark === COMMA) {
    for (zone = 20; isDigit(text.charCodeAt(zone)); zone++) {
      if (zone < 26) fractionUs = fractionUs * 10 + text.charCodeAt(zone) - 48;
    }
    if (zone === 20) return Number.NaN;
    for (let digits = zone - 20; digits < 6; digits++) fractionUs *= 10;
  }
  // Date.UTC takes the years 0 to 99 for those of the last century.
  const epochYear = year < 100 ? year + 400 : year;
  const wholeMs = Date.UTC(epochYear, month - 1, day, hour, minute, second);
  const shiftMs = year < 100 ? FOUR_CENTURIES_MS : 0;
  return (wholeMs - shiftMs) * 1000 + fractionUs - zoneOffsetUs(text, zone);
}

/** The calendar repeats after 400 years. */
const FOUR_CENTURIES_MS = 146_097 * 86_400_000;

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const COMMA = 0x2c;
const DASH = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;

function hasSeparators(text: string): boolean {
  const between = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    (between === 0x54 || between === 0x20) &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  );
}

/** The offset of `Z`, `+01:00`, `-0530`, or of nothing (UTC), from `start` to the end; NaN for anything else. */
function zoneOffsetUs(text: string, start: number): DurationUs {
  const sign = text.charAt(start);
  const length = text.length - start;
  if (length === 0 || (length === 1 && (sign === 'Z' || sign === 'z'))) return 0;
  const colon = text.charAt(start + 3) === ':' ? 1 : 0;
  if ((sign !== '+' && sign !== '-') || length !== 5 + colon) return Number.NaN;
  const hours = digitsAt(text, start + 1, 2);
  const minutes = digitsAt(text, start + 3 + colon, 2);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000_000;
}

/** The number that `count` digits at `start` write, or NaN. */
function digitsAt(text: string, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - 48;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * Writes a time as ISO 8601 in UTC with six digits of fraction: `2026-11-22T11:40:04.290193Z`; NaN as nothing.
 * What lies outside the years 0 to 9999 is written as their edge, so that texts always sort as times do.
 */
export function writeIsoUs(time: EpochUs): string {
  if (Number.isNaN(time)) return '';
  const wholeMs = Math.min(Math.max(Math.floor(time / 1000), FIRST_MS), LAST_MS);
  const us = Math.min(Math.max(Math.floor(time - wholeMs * 1000), 0), 999);
  const second = Math.floor(wholeMs / 1000);
  if (second !== lastSecond.value) {
    lastSecond.value = second;
    lastSecond.text = new Date(wholeMs).toISOString().slice(0, 20);
  }
  return `${lastSecond.text}${threeDigits(wholeMs - second * 1000)}${threeDigits(us)}Z`;
}

/** Times of a trace follow each other, and making the text of a date takes ten times as long as the rest. */
const lastSecond = { value: Number.NaN, text: '' };

function threeDigits(value: number): string {
  if (value < 10) return `00${String(value)}`;
  return value < 100 ? `0${String(value)}` : String(value);
}

const FIRST_MS = Date.UTC(400, 0, 1) - FOUR_CENTURIES_MS;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
