/** Whether bytes may nest too deep to be parsed without a scan: JSON.parse takes any depth, JSON.stringify does not. */

/** With no more opening brackets than this nothing nests too deep. */
const SAFE_BRACKETS = 1000;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

/**
 * True where `[start, end)` may nest deeper than 1,000 levels, and only a scan can tell. Counting brackets by
 * native search is ten times as quick as scanning.
 */
export function mayNestTooDeep(bytes: Uint8Array, start: number, end: number): boolean {
  // Every level takes a bracket at either end.
  if (end - start < 2 * SAFE_BRACKETS) return false;
  const own = bytes.subarray(start, end);
  let brackets = 0;
  for (const bracket of [OPEN_OBJECT, OPEN_ARRAY]) {
    for (let i = own.indexOf(bracket); i >= 0; i = own.indexOf(bracket, i + 1)) {
      if (++brackets >= SAFE_BRACKETS) return true;
    }
  }
  return false;
}
