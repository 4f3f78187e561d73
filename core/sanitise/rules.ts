/** What can be withheld from an export, and what is counted as withheld. */

/** What a person chooses. */
export const SANITISE_RULES = [
  'inputs',
  'outputs',
  'tools',
  'errors',
  'metadata',
  'groups',
  'users',
  'notes',
  'secrets',
  'contacts',
  'payments',
  'national-numbers',
  'ip-addresses',
] as const;

export type SanitiseRule = (typeof SANITISE_RULES)[number];

/** Sentences for people, in the words of the dialog and of the command line. */
export const RULE_WORDS: Readonly<Record<SanitiseRule, { readonly label: string; readonly says: string }>> = {
  inputs: {
    label: 'Inputs',
    says: 'What models, agents and custom spans were given, instructions included.',
  },
  outputs: { label: 'Outputs', says: 'What models, agents and custom spans answered.' },
  tools: { label: 'Tool calls', says: 'Arguments and results of tools, also inside the messages of models.' },
  errors: { label: 'Error texts', says: 'What an error said. That there was one stays.' },
  metadata: { label: 'Metadata', says: 'Metadata of traces and spans, and settings of models.' },
  groups: { label: 'Group ids', says: 'Replaced by pseudonyms, the same for the same group.' },
  users: { label: 'User ids', says: 'Replaced by pseudonyms, the same for the same user.' },
  notes: { label: 'Notes', says: 'Your own notes and labels stay here.' },
  secrets: { label: 'Secrets', says: 'Keys, tokens and passwords, wherever in a text they are found.' },
  contacts: { label: 'Contacts', says: 'E-mail addresses and telephone numbers found in texts.' },
  payments: { label: 'Payments', says: 'Card numbers and bank accounts (IBAN) found in texts.' },
  'national-numbers': {
    label: 'National numbers',
    says: 'Social security, tax and identity numbers of states, found in texts.',
  },
  'ip-addresses': { label: 'IP addresses', says: 'Those found in texts; not those of every machine.' },
};

/** Rules that take the content of a record away. With any of them on, what nobody understands goes as well. */
export const CONTENT_RULES: readonly SanitiseRule[] = ['inputs', 'outputs', 'tools', 'errors', 'metadata'];

/**
 * What a value was withheld by: a rule; `attributes`, kept of other tools; `unknown`, fields of no known meaning;
 * `copies`, a withheld text that stood elsewhere in its record; or a detector, as `detector:<name>`.
 */
export type WithheldBy = SanitiseRule | 'attributes' | 'unknown' | 'copies' | `detector:${string}`;

/** Stands where something was withheld. */
export const WITHHELD = '(withheld)';

/** Undefined where a name is no rule. */
export function findRule(name: string): SanitiseRule | undefined {
  return SANITISE_RULES.find((rule) => rule === name);
}
