/** Reads lengths of time and sizes as people write them: `30d`, `12h`, `2GB`, `500 MB`. */
import { InvalidArgumentError } from 'commander';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const BYTES: Readonly<Record<string, number>> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** In seconds. */
export function readAge(text: string): number {
  return readAmount(text, SECONDS, (unit) => unit, 'Give an age such as 30d, 12h or 90m.');
}

/** In bytes. */
export function readSize(text: string): number {
  return readAmount(text, BYTES, (unit) => unit.toUpperCase(), 'Give a size such as 2GB or 500MB.');
}

function readAmount(
  text: string,
  units: Readonly<Record<string, number>>,
  write: (unit: string) => string,
  wanted: string,
): number {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([a-zA-Z]{0,2})$/.exec(text);
  const unit = write(match?.[2] ?? '-');
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (match === null || factor === undefined) throw new InvalidArgumentError(wanted);
  return Math.round(Number(match[1]) * factor);
}
