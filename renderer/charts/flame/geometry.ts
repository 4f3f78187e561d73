/** Where things stand, in CSS pixels. Painter and hit test must agree, so both read it here. */

export const BAR_PX = 22;
export const ROW_PX = 25;
export const TOP_PX = 10;
export const BOTTOM_PX = 14;
export const AXIS_PX = 22;
export const MINIMAP_PX = 46;
/** An instant is still seen, and can be hit this many pixels beside it. */
export const SMALLEST_BAR_PX = 2;
export const HIT_SLACK_PX = 3;

/** Height of all rows. */
export function rowsHeight(rows: number): number {
  return TOP_PX + rows * ROW_PX + BOTTOM_PX;
}

/** The row at a height below the top of all rows; undefined in the gap between two. */
export function rowAt(y: number): number | undefined {
  const row = Math.floor((y - TOP_PX) / ROW_PX);
  return row >= 0 && y - TOP_PX - row * ROW_PX <= BAR_PX ? row : undefined;
}

/** Top of a row's bars, below the top of all rows. */
export function rowTop(row: number): number {
  return TOP_PX + row * ROW_PX;
}
