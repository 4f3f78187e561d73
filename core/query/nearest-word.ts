/** The word that somebody probably meant. */

/** Undefined where none is near: a third of the letters may differ. A beginning of a word is near to it. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  if (word.length === 0) return undefined;
  const begun = words.find((each) => word.length >= 2 && each.startsWith(word));
  let nearest = begun;
  let least = begun === undefined ? Math.max(1, Math.floor(word.length / 3)) + 1 : 0;
  for (const each of words) {
    if (Math.abs(each.length - word.length) >= least) continue;
    const distance = countEdits(word, each);
    if (distance < least) [nearest, least] = [each, distance];
  }
  return nearest;
}

/** Letters to add, drop, change or swap with their neighbour. */
function countEdits(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const change = (row[j - 1] ?? 0) + (same ? 0 : 1);
      let least = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
