/**
 * What stands in place of a find: `[email]`, `[email:kqzmvtbwxlrp]`, `[withheld]`. Markers are of letters alone and
 * have one form, so they are recognised, and never looked into again.
 */
import { SENSITIVE_TYPES, type SensitiveType } from '../detect/sensitive-types.ts';
import type { Treatment } from './redaction-policy.ts';

export const WITHHELD_MARK = '[withheld]';

/** Sixteen letters: as many as 75 bits of the hash. */
const LETTERS = 16;

export function markOf(type: SensitiveType, treatment: Treatment, hash: () => string): string {
  if (treatment === 'drop') return WITHHELD_MARK;
  return treatment === 'mask' ? `[${type}]` : `[${type}:${lettersOf(hash())}]`;
}

/** Any marker. The names of own rules are of small letters, digits and dashes. */
export const MARK = new RegExp(
  `\\[(?:withheld|media|(?:${SENSITIVE_TYPES.join('|')}|own:[a-z][a-z0-9-]{0,39})(?::[a-z]{${String(LETTERS)}})?)\\]`,
  'g',
);

/** Hexadecimal digits as letters a to z: nothing in it looks like a number or a key. */
function lettersOf(hash: string): string {
  let letters = '';
  for (let i = 0; i < LETTERS; i++) {
    const value = parseInt(hash.slice(i * 2, i * 2 + 2), 16);
    letters += String.fromCharCode(97 + ((Number.isNaN(value) ? 0 : value) % 26));
  }
  return letters;
}
