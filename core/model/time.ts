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
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
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
  const wholeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return wholeMs * 1000 + fractionUs - zoneOffsetUs(text, zone);
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
  const minutes = digitsAt(text, start + 1, 2) * 60 + digitsAt(text, start + 3 + colon, 2);
  return (sign === '-' ? -minutes : minutes) * 60_000_000;
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

/** Writes a time as ISO 8601 in UTC with six digits of fraction: `2026-11-22T11:40:04.290193Z`. */
export function writeIsoUs(time: EpochUs): string {
  const wholeMs = Math.floor(time / 1000);
  const date = new Date(wholeMs);
  if (Number.isNaN(date.getTime())) return '';
  const us = String(Math.floor(time - wholeMs * 1000)).padStart(3, '0');
  return `${date.toISOString().slice(0, -1)}${us}Z`;
}
