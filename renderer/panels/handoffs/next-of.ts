/** Where a repeated click leads: each one to the next of several spans, around the end to the first. */
export function nextOf(rows: readonly number[], selected: number): number {
  return rows[(rows.indexOf(selected) + 1) % Math.max(rows.length, 1)] ?? -1;
}
