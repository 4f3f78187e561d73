/** What a scanner does with bytes as bytes: pieces of a record become one, and its lines are counted. */

/** One array of all parts. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/** How many line feeds stand in `[from, to)`. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  const own = bytes.subarray(from, to);
  let lines = 0;
  for (let i = own.indexOf(0x0a); i >= 0; i = own.indexOf(0x0a, i + 1)) lines++;
  return lines;
}
