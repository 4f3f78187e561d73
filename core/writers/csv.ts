/** Rows of a CSV (RFC 4180) in which no cell can become a formula of the spreadsheet that opens it. */

/** A number is written as one; null and undefined as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export function writeCsvRow(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  // A spreadsheet takes what stands behind an apostrophe for text.
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) || text !== cell ? `"${text.replaceAll('"', '""')}"` : text;
}
