/** Check digits of numbers that people carry. Each takes digits only, and is true where they agree. */

/** Value of the digit at a place; the texts hold digits only. */
function digit(digits: string, place: number): number {
  return digits.charCodeAt(place) - 48;
}

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = digit(digits, digits.length - 1 - i);
    const doubled = i % 2 === 1 ? value * 2 : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 7064 MOD 97-10 over digits and letters, where A is 10. */
export function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** ISO 7064 MOD 11,10. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (digit(digits, i) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digit(digits, digits.length - 1);
}

/** The sum of digits by their weights. */
export function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * digit(digits, place), 0);
}

/** The dihedral group of ten: its table by rows, and the permutation that moves with the place. */
const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const MOVED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

export function passesVerhoeff(digits: string): boolean {
  let state = 0;
  for (let i = 0; i < digits.length; i++) {
    const moved = digit(MOVED[i % 8] ?? '', digit(digits, digits.length - 1 - i));
    state = digit(DIHEDRAL[state] ?? '', moved);
  }
  return state === 0;
}

/** True where all digits are the same: those pass many a checksum and belong to nobody. */
export function isRepeated(digits: string): boolean {
  return digits === digits.charAt(0).repeat(digits.length);
}

/** A day that there is; the year is of four digits. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1880 || year > 2035 || month < 1 || month > 12 || day < 1) return false;
  const days = month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}
