/**
 * Texts may be megabytes, and a browser that lays out one such line freezes. So a text is shown to a limit
 * first, and all of it only as pieces that the browser may skip while they are out of sight.
 */

export const FIRST_LETTERS = 4000;
const PIECE_LETTERS = 16_000;

/** The beginning of a text, never with half of a surrogate pair. */
export function beginningOf(text: string, letters = FIRST_LETTERS): string {
  return text.length <= letters ? text : text.slice(0, safeCut(text, letters));
}

/** A text in pieces, cut at line ends where there are any near. */
export function cutText(text: string, letters = PIECE_LETTERS): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const cut = from + letters >= text.length ? text.length : pieceEnd(text, from, letters);
    pieces.push(text.slice(from, cut));
    from = cut;
  }
  return pieces;
}

function pieceEnd(text: string, from: number, letters: number): number {
  const newline = text.lastIndexOf('\n', from + letters);
  return newline > from + letters / 2 ? newline + 1 : safeCut(text, from + letters);
}

function safeCut(text: string, at: number): number {
  const high = text.charCodeAt(at - 1);
  return high >= 0xd800 && high <= 0xdbff ? at - 1 : at;
}
