/** Times of day in the user's own zone. `now` is passed in, so that a list does not read the clock a row. */
import type { EpochUs } from '../../core/model/time.ts';

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
const ZONE = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** Today's times as `10:42:07`, earlier ones with their day, those of another year with the year. */
export function formatStart(us: EpochUs, nowMs: number): string {
  const date = new Date(us / 1000);
  if (Number.isNaN(date.getTime())) return '–';
  const now = new Date(nowMs);
  const time = TIME.format(date);
  if (date.toDateString() === now.toDateString()) return time;
  const day = date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR;
  return `${day.format(date)}, ${time}`;
}

/** Everything that is known of a time, for titles: the zone's full text and the exact ISO time. */
export function formatExactTime(us: EpochUs, iso: string): string {
  const date = new Date(us / 1000);
  return Number.isNaN(date.getTime()) ? 'unknown' : `${ZONE.format(date)}\n${iso}`;
}
