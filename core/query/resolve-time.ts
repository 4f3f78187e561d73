/**
 * What a word of time means now and here: a stretch of time.
 *
 *   started:today            [ 00:00 ───────── 24:00 )
 *   started>=14:00 <15:00              [ 14:00 ─ 15:00 )
 *   started:7d               [ now − 7 days ───────── ∞ )
 */
import type { DurationUs, EpochUs } from '../model/time.ts';
import type { Comparison, QueryClock, TimeWord } from './query-tree.ts';

/** From the first moment up to, and without, the last. */
export interface TimeSpan {
  readonly fromUs: EpochUs;
  readonly toUs: EpochUs;
}

/** How times are read where everybody is: in tests, and where no place is known. */
export function utcClock(nowUs: EpochUs): QueryClock {
  return { nowUs, zoneOffsetUs: () => 0 };
}

/** The times that compare to the word as asked. */
export function resolveComparison(word: TimeWord, comparison: Comparison, clock: QueryClock): TimeSpan {
  const { fromUs, toUs } = resolveWord(word, clock);
  switch (comparison) {
    case '=':
      // `started:7d` is the last seven days, not the moment seven days ago.
      return { fromUs, toUs: word.kind === 'ago' || word.kind === 'now' ? Infinity : toUs };
    case '<':
      return { fromUs: -Infinity, toUs: fromUs };
    case '<=':
      return { fromUs: -Infinity, toUs: isMoment(word) ? nextUs(fromUs) : toUs };
    case '>':
      return { fromUs: isMoment(word) ? nextUs(fromUs) : toUs, toUs: Infinity };
    case '>=':
      return { fromUs, toUs: Infinity };
  }
}

/** A day at the end is a whole day, a time of day is where it ends. */
export function resolveRange(from: TimeWord, to: TimeWord, clock: QueryClock): TimeSpan {
  const end = resolveWord(to, clock);
  return { fromUs: resolveWord(from, clock).fromUs, toUs: isMoment(to) ? end.fromUs : end.toUs };
}

/** Times in columns are whole microseconds. */
function nextUs(us: EpochUs): EpochUs {
  return Math.floor(us) + 1;
}

function isMoment({ kind }: TimeWord): boolean {
  return kind === 'now' || kind === 'ago' || kind === 'local' || kind === 'instant';
}

function resolveWord(word: TimeWord, clock: QueryClock): TimeSpan {
  switch (word.kind) {
    case 'now':
      return { fromUs: clock.nowUs, toUs: clock.nowUs };
    case 'ago':
      return { fromUs: clock.nowUs - word.us, toUs: clock.nowUs - word.us };
    case 'instant':
      return { fromUs: word.us, toUs: word.us + word.lengthUs };
    case 'local': {
      const fromUs = toUtc(word.asUtcUs, clock);
      return { fromUs, toUs: fromUs + word.lengthUs };
    }
    case 'day': {
      const local = Math.floor((clock.nowUs + clock.zoneOffsetUs(clock.nowUs)) / DAY_US) - word.back;
      return { fromUs: toUtc(local * DAY_US, clock), toUs: toUtc((local + 1) * DAY_US, clock) };
    }
    case 'date': {
      const [year, month, day] = word.parts;
      const first = localUs(year, month ?? 1, day ?? 1);
      const next =
        month === undefined
          ? localUs(year + 1, 1, 1)
          : day === undefined
            ? localUs(year, month + 1, 1)
            : first + DAY_US;
      return { fromUs: toUtc(first, clock), toUs: toUtc(next, clock) };
    }
  }
}

const DAY_US: DurationUs = 86_400_000_000;

function localUs(year: number, month: number, day: number): EpochUs {
  return Date.UTC(year, month - 1, day) * 1000;
}

/** The time at which clocks there show this. Asked twice, since the offset is known by UTC alone. */
function toUtc(localAsUtcUs: EpochUs, clock: QueryClock): EpochUs {
  const guess = localAsUtcUs - clock.zoneOffsetUs(localAsUtcUs);
  return localAsUtcUs - clock.zoneOffsetUs(guess);
}
