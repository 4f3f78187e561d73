/** Counts, sizes and shares for people: thousands grouped, units said. */
export { countText as formatCountOf } from '../../core/analysis/count-text.ts';

const GROUPED = new Intl.NumberFormat('en');
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1,006,412`. */
export function formatCount(value: number): string {
  return GROUPED.format(value);
}

/** `812 B`, `4.2 kB`, `412 MB`: decimal units, as disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? 'B'}`;
}

/** A share of a whole: `10.2 %`, `< 0.1 %`; nothing where the whole is nothing. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0) || !Number.isFinite(part)) return '';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent.toFixed(percent >= 99.95 ? 0 : 1)} %`;
}
