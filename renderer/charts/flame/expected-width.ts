/** How wide the flame graph will be, before it is there: what lies beside it takes as much room as the last time. */

/** Rail, inspector and the bar between them, as the page begins. */
let besidePx = 468;

export function expectFlameWidth(windowPx: number): number {
  return Math.max(1, windowPx - besidePx);
}

export function noteFlameWidth(flamePx: number, windowPx: number): void {
  if (flamePx > 0) besidePx = windowPx - flamePx;
}
