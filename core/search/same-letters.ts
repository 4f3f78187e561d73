/** Which letters a search takes for the same: small and capital ones, one for one; ASCII stays among itself. */

const PAST_ASCII = 0x80;

/** The letter itself first. */
export function sameLetters(letter: string): readonly string[] {
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  const all = new Set([letter, lower, upper, upper.toLowerCase(), lower.toUpperCase()]);
  return [...all].filter((each) => isOneLetter(each) && isAscii(each) === isAscii(letter));
}

/** `ß` has the capitals `SS`: two letters are never taken for one. */
function isOneLetter(text: string): boolean {
  return Array.from(text).length === 1;
}

export function isAscii(letter: string): boolean {
  return (letter.codePointAt(0) ?? PAST_ASCII) < PAST_ASCII;
}
