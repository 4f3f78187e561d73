/** Counts for people, in the page and on a terminal: thousands grouped, one or many of what is said. */

const GROUPED = new Intl.NumberFormat('en');

/** `1 span`, `1,200 spans`. */
export function countText(value: number, one: string, many = `${one}s`): string {
  return `${GROUPED.format(value)} ${value === 1 ? one : many}`;
}
