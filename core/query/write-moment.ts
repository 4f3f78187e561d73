/** A moment as one would write it into a query: by the clock where one is, no finer than it is. */
import { writeIsoUs, type EpochUs } from '../model/time.ts';
import type { Quantity, QueryClock, TimeWord } from './query-tree.ts';
import { readQuantity } from './read-quantity.ts';
import { resolveComparison } from './resolve-time.ts';

/** Where the local time is told twice in a night, UTC tells which is meant. */
export function writeMoment(us: EpochUs, clock: QueryClock): Quantity & { readonly kind: 'time' } {
  const local = readMoment(shorten(writeIsoUs(us + clock.zoneOffsetUs(us)).slice(0, -1)));
  if (resolveComparison(local.time, '>=', clock).fromUs === us) return local;
  return readMoment(`${shorten(writeIsoUs(us).slice(0, -1))}Z`);
}

function readMoment(text: string): { kind: 'time'; text: string; time: TimeWord } {
  const read = readQuantity(text, 'time');
  if (read?.kind !== 'time') throw new Error(`${text} is no time`);
  return read;
}

/** `2026-11-20T14:00:00.000000` is `2026-11-20T14:00`. */
function shorten(text: string): string {
  const fraction = text.slice('2026-11-20T14:00:00.'.length).replace(/0+$/, '');
  const seconds = text.slice(0, '2026-11-20T14:00:00'.length);
  return fraction === '' ? seconds.replace(/:00$/, '') : `${seconds}.${fraction}`;
}
