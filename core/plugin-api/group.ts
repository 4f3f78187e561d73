/** Small sums over lists, as analyses need them. */

/** What a key is made of. */
type KeyOf<Item> = (item: Item) => string;
type ValueOf<Item> = (item: Item) => number;

/** Lists by key, in the order in which the keys first occur. */
export function groupBy<Item>(items: readonly Item[], keyOf: KeyOf<Item>): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** How many there are of each key. */
export function countBy<Item>(items: readonly Item[], keyOf: KeyOf<Item>): Map<string, number> {
  return sumGroups(items, keyOf, () => 1);
}

/** The sum of each key. */
export function sumGroups<Item>(
  items: readonly Item[],
  keyOf: KeyOf<Item>,
  valueOf: ValueOf<Item>,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    sums.set(key, (sums.get(key) ?? 0) + valueOf(item));
  }
  return sums;
}

export function sumBy<Item>(items: readonly Item[], valueOf: ValueOf<Item>): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}

/** The one with the largest value, of equals the first; undefined of none. */
export function maxBy<Item>(items: readonly Item[], valueOf: ValueOf<Item>): Item | undefined {
  let most: Item | undefined;
  let value = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    if (valueOf(item) <= value) continue;
    most = item;
    value = valueOf(item);
  }
  return most;
}

/** The value below which a share `q` of them lies (0.5: the median), between its neighbours; undefined of none. */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const place = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}
