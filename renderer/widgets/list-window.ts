/**
 * Which rows of a long list are in sight, and where they stand. Browsers draw no element taller than some
 * 17 to 33 million pixels, so past LARGEST_PX the list is a shorter one that scrolls faster.
 *
 *   scrolled  0 ────────────── most          the scroll bar's own pixels
 *   content   0 ──────────────────── most    rows × their height
 */
/** Below the limit of every browser (Firefox: 17.9 million), with room for what stands around the rows. */
export const LARGEST_PX: number = 12_000_000;

export interface ListSize {
  readonly rows: number;
  readonly rowPx: number;
  /** Height of the visible part that rows can take. */
  readonly viewPx: number;
}

/** Height of the element that is scrolled. */
export function listHeight({ rows, rowPx }: Omit<ListSize, 'viewPx'>): number {
  return Math.min(rows * rowPx, LARGEST_PX);
}

/** Where the visible part begins in the content. */
export function contentTop(size: ListSize, scrollTop: number): number {
  return scrollTop * contentPerScroll(size);
}

/** Where to scroll so that the visible part begins there. */
export function scrollTopFor(size: ListSize, top: number): number {
  return top / contentPerScroll(size);
}

/** Rows from `first` to before `end` are in sight, or nearer to it than `bufferPx`. */
export function rowsInSight(
  size: ListSize,
  scrollTop: number,
  bufferPx: number,
): { readonly first: number; readonly end: number } {
  const top = contentTop(size, scrollTop);
  const first = Math.floor((top - bufferPx) / size.rowPx);
  const end = Math.ceil((top + size.viewPx + bufferPx) / size.rowPx);
  return { first: Math.min(Math.max(first, 0), size.rows), end: Math.min(Math.max(end, 0), size.rows) };
}

/** Where a row stands in the element that is scrolled. */
export function rowTop(size: ListSize, scrollTop: number, row: number): number {
  return row * size.rowPx - contentTop(size, scrollTop) + scrollTop;
}

function contentPerScroll({ rows, rowPx, viewPx }: ListSize): number {
  const content = rows * rowPx;
  return content <= LARGEST_PX ? 1 : (content - viewPx) / (LARGEST_PX - viewPx);
}
