/**
 * What is left of a deleted line: `{}` and spaces, as long as it was. So no address moves, and whoever parses
 * the segment line by line still meets nothing but JSON objects.
 */
import { isJsonObject, type Json } from '../model/json.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const SPACE = 0x20;

/** Blanks `[start, end)`, the line feed behind it not included. `isStart`: the line begins there. */
export function blankLine(bytes: Uint8Array, start: number, end: number, isStart = true): void {
  bytes.fill(SPACE, start, end);
  if (!isStart || end - start < 2) return;
  bytes[start] = OPEN;
  bytes[start + 1] = CLOSE;
}

/** True for the value of a line that was blanked: no record is an empty object. */
export function isBlank(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
