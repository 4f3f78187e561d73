/** Draws what samples are made of. */
import type { Prng } from '../../generate/prng.ts';

/** A whole number from 0 up to but not including `end`. */
export function below(random: Prng, end: number): number {
  return random.int(0, end - 1);
}

const ANY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function token(random: Prng, length: number, of: string = ANY): string {
  return Array.from({ length }, () => of.charAt(below(random, of.length))).join('');
}

export function digits(random: Prng, length: number): string {
  return token(random, length, '0123456789');
}

export function letters(random: Prng, length: number): string {
  return token(random, length, 'abcdefghijklmnopqrstuvwxyz');
}
