/** What can be found by its form: the types that detectors tell, and their words for people. */

/** In the order of weight: where two finds overlap, the first of these names both. */
export const SENSITIVE_TYPES = [
  'secret',
  'card',
  'iban',
  'us-ssn',
  'uk-nino',
  'de-tax-id',
  'it-fiscal-code',
  'es-dni',
  'fr-nir',
  'nl-bsn',
  'ca-sin',
  'br-cpf',
  'in-aadhaar',
  'se-personnummer',
  'fi-hetu',
  'cn-resident-id',
  'email',
  'phone',
  'ip',
] as const;

export type BuiltInType = (typeof SENSITIVE_TYPES)[number];

/** A type of ours, or a pattern or word list of the user's own, by its name. */
export type SensitiveType = BuiltInType | `own:${string}`;

export const TYPE_WORDS: Readonly<Record<BuiltInType, string>> = {
  secret: 'Keys, passwords and tokens',
  card: 'Payment cards',
  iban: 'Bank accounts (IBAN)',
  'us-ssn': 'Social security numbers (US)',
  'uk-nino': 'National insurance numbers (UK)',
  'de-tax-id': 'Tax ids (Germany)',
  'it-fiscal-code': 'Fiscal codes (Italy)',
  'es-dni': 'DNI and NIE (Spain)',
  'fr-nir': 'Social security numbers (France)',
  'nl-bsn': 'Citizen service numbers (Netherlands)',
  'ca-sin': 'Social insurance numbers (Canada)',
  'br-cpf': 'CPF (Brazil)',
  'in-aadhaar': 'Aadhaar numbers (India)',
  'se-personnummer': 'Personal numbers (Sweden)',
  'fi-hetu': 'Personal identity codes (Finland)',
  'cn-resident-id': 'Resident identity numbers (China)',
  email: 'E-mail addresses',
  phone: 'Telephone numbers',
  ip: 'IP addresses',
};

/** Undefined where a name is no type of ours. */
export function findType(name: string): BuiltInType | undefined {
  return SENSITIVE_TYPES.find((type) => type === name);
}
