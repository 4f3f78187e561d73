/** Sizes as they are given on the command line: `10k` and `1m` as numbers. */
export function readSize(text: string): number {
  const match = /^(\d+)([km]?)$/.exec(text.trim().toLowerCase());
  if (match === null) throw new Error(`not a size: "${text}"`);
  return Number(match[1]) * (match[2] === 'k' ? 1000 : match[2] === 'm' ? 1_000_000 : 1);
}

export function readSizes(text: string): readonly number[] {
  return text === '' ? [] : text.split(',').map(readSize);
}
