/** Times of day in the zone a person chose. `now` is passed in, so that a list does not read the clock a row. */
import type { EpochUs } from '../../core/model/time.ts';
import { shownZone } from './time-zone.svelte.ts';

interface ZoneFormats {
  readonly time: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly dayOfYear: Intl.DateTimeFormat;
  readonly exact: Intl.DateTimeFormat;
  /** `2026-11-22`: tells two days apart. */
  readonly date: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly range: Intl.DateTimeFormat;
  readonly exactRange: Intl.DateTimeFormat;
}

/** Making a format costs far more than using it. */
const formats = new Map<string | undefined, ZoneFormats>();

/** Today's times as `10:42:07`, earlier ones with their day, those of another year with the year, to the minute. */
export function formatStart(us: EpochUs, nowMs: number): string {
  const start = new Date(us / 1000);
  if (Number.isNaN(start.getTime())) return '–';
  const { time, minute, day, dayOfYear, date } = formatsOf(shownZone());
  const [startDate, today] = [date.format(start), date.format(nowMs)];
  if (startDate === today) return time.format(start);
  return startDate.slice(0, 4) === today.slice(0, 4)
    ? `${day.format(start)}, ${time.format(start)}`
    : `${dayOfYear.format(start)}, ${minute.format(start)}`;
}

/** Everything that is known of a time, for titles: the zone's full text and the exact ISO time. */
export function formatExactTime(us: EpochUs, iso: string): string {
  const date = new Date(us / 1000);
  return Number.isNaN(date.getTime()) ? 'unknown' : `${formatsOf(shownZone()).exact.format(date)}\n${iso}`;
}

const DAY_AND_MINUTE = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A tick of an axis of time, as exact as the distance to the next one needs. */
export function formatBinTick(date: Date, stepMs: number): string {
  const { time, day, month, minute, date: wholeDate } = formatsOf(shownZone());
  if (stepMs >= 360 * DAY_MS) return wholeDate.format(date).slice(0, 4);
  if (stepMs >= 27 * DAY_MS) return month.format(date);
  if (stepMs >= 23 * HOUR_MS || time.format(date) === MIDNIGHT) return day.format(date);
  return (stepMs >= MINUTE_MS ? minute : time).format(date);
}

const MIDNIGHT = '00:00:00';
const SHORT_RANGE_US = 300_000_000;

/** From one time to another, without saying the day twice: `Nov 20, 10:00 – 14:00`. */
export function formatRange(fromUs: EpochUs, toUs: EpochUs): string {
  const { range, exactRange } = formatsOf(shownZone());
  const format = toUs - fromUs < SHORT_RANGE_US ? exactRange : range;
  return format.formatRange(new Date(fromUs / 1000), new Date(toUs / 1000));
}

const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const AGES = [
  ['second', SECOND_MS],
  ['minute', MINUTE_MS],
  ['hour', HOUR_MS],
  ['day', DAY_MS],
] as const;

/** `3 minutes ago`; what lies ahead, by another machine's clock, as `in 3 minutes`. */
export function formatAgo(us: EpochUs, nowMs: number): string {
  const ageMs = us / 1000 - nowMs;
  if (Number.isNaN(ageMs)) return 'unknown';
  const [unit, unitMs] = AGES.findLast(([, ms]) => Math.abs(ageMs) >= ms) ?? AGES[0];
  return AGO.format(Math.trunc(ageMs / unitMs), unit);
}

function formatsOf(timeZone: string | undefined): ZoneFormats {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const make = (options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone !== undefined && { timeZone }) });
  const made = {
    time: make({ timeStyle: 'medium', hourCycle: 'h23' }),
    day: make({ month: 'short', day: 'numeric' }),
    dayOfYear: make({ year: 'numeric', month: 'short', day: 'numeric' }),
    exact: make({ dateStyle: 'full', timeStyle: 'long' }),
    date: make({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA'),
    month: make({ month: 'short', year: 'numeric' }),
    minute: make({ timeStyle: 'short', hourCycle: 'h23' }),
    range: make({ ...DAY_AND_MINUTE, hourCycle: 'h23' }),
    exactRange: make({ ...DAY_AND_MINUTE, second: '2-digit', hourCycle: 'h23' }),
  };
  formats.set(timeZone, made);
  return made;
}
