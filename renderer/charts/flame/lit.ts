/** Which spans are lit: those that the legend lets through and that everything else that was asked for marks. */

/** By span, or undefined where nothing is asked and all are. */
export function combineLit(
  count: number,
  codes: Uint8Array,
  only: readonly number[],
  marks: readonly Uint8Array[],
): Uint8Array | undefined {
  if (only.length === 0 && marks.length < 2) return marks[0];
  const through = only.length === 0 ? undefined : new Set(only);
  const lit = new Uint8Array(count);
  for (let span = 0; span < count; span++) {
    const isThrough = through === undefined || through.has(codes[span] ?? 0);
    if (isThrough && marks.every((mark) => mark[span] === 1)) lit[span] = 1;
  }
  return lit;
}
