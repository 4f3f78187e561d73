/** The ways in which people and programs write a value: grouped, dashed, bare. */
import type { BuiltInType } from '../../../core/detect/sensitive-types.ts';

type Write = (value: string) => string;

const bare: Write = (value) => value;
const inGroups =
  (gap: string, ...sizes: readonly number[]): Write =>
  (value) => {
    const parts: string[] = [];
    let at = 0;
    for (const size of sizes) {
      if (at < value.length) parts.push(value.slice(at, at + size));
      at += size;
    }
    if (at < value.length) parts.push(value.slice(at));
    return parts.join(gap);
  };
const card =
  (gap: string): Write =>
  (value) =>
    (value.length === 16 ? inGroups(gap, 4, 4, 4, 4) : inGroups(gap, 4, 6, 5))(value);

export const TUNED_FORMS: Readonly<Partial<Record<BuiltInType, readonly Write[]>>> = {
  card: [bare, card(' ')],
  iban: [bare, inGroups(' ', 4, 4, 4, 4, 4, 4, 4)],
  'uk-nino': [bare, inGroups(' ', 2, 2, 2, 2, 1)],
  'fr-nir': [bare, inGroups(' ', 1, 2, 2, 2, 3, 3, 2)],
  'de-tax-id': [bare, inGroups(' ', 2, 3, 3, 3)],
  'ca-sin': [inGroups(' ', 3, 3, 3), inGroups('-', 3, 3, 3)],
  'in-aadhaar': [inGroups(' ', 4, 4, 4)],
  'br-cpf': [(value) => value.replace(/^(...)(...)(...)/, '$1.$2.$3-')],
};

export const HELD_OUT_FORMS: typeof TUNED_FORMS = {
  card: [card('-'), bare, card('\u00a0')],
  iban: [(value) => value.toLowerCase(), inGroups('-', 4, 4, 4, 4, 4, 4, 4), bare],
  'us-ssn': [bare, (value) => value.replace(/-/g, '\u2011')],
  'es-dni': [bare, (value) => `${value.slice(0, 8)}-${value.slice(8)}`],
  'in-aadhaar': [bare, inGroups('-', 4, 4, 4)],
  'ca-sin': [bare, inGroups(' ', 3, 3, 3)],
  email: [bare, (value) => value.toUpperCase(), (value) => value.replace('@', '\uff20')],
};
