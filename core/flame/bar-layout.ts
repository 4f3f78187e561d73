/**
 * Bars in rows: all that culling, hit test and painting read. In order of time a bar is a span and has its
 * number; in a merged picture it stands for many.
 */
export interface BarLayout {
  readonly count: number;
  /** By bar; `Infinity` at the end: the span is open. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly row: Uint32Array;
  readonly rows: number;
  /** Where each row begins in `rowSpans`; one more at the end. */
  readonly rowBegin: Uint32Array;
  /** Bars row by row, each row by start; bars of one row never overlap. */
  readonly rowSpans: Uint32Array;
  /** How many errors stand before each place of `rowSpans`, so that merged bars never hide one. */
  readonly errorsBefore: Uint32Array;
  /** The latest end that is known. */
  readonly lastKnown: number;
  /** How many bars are open. */
  readonly open: number;
}

/** The arrays of a layout that are looked at bar by bar. */
export type BarTimes = Pick<BarLayout, 'start' | 'end'>;
