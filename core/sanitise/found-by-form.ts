/** The rules that withhold what is found in texts by its form, whatever field it stands in. */
import { findSensitive } from '../detect/find-sensitive.ts';
import { chooseDetectors } from '../detect/registry.ts';
import { SENSITIVE_TYPES, type BuiltInType, type SensitiveType } from '../detect/sensitive-types.ts';
import type { SanitiseRule } from './rules.ts';
import type { TextDetector } from './sanitiser.ts';

const CONTACTS: readonly BuiltInType[] = ['email', 'phone'];
const PAYMENTS: readonly BuiltInType[] = ['card', 'iban'];
const OTHERS: ReadonlySet<BuiltInType> = new Set([...CONTACTS, ...PAYMENTS, 'secret', 'ip']);

const TYPES_OF: ReadonlyMap<SanitiseRule, readonly BuiltInType[]> = new Map([
  ['secrets', ['secret']],
  ['contacts', CONTACTS],
  ['payments', PAYMENTS],
  ['national-numbers', SENSITIVE_TYPES.filter((type) => !OTHERS.has(type))],
  ['ip-addresses', ['ip']],
]);

/** What the rules look for, as one detector; none where they look for nothing. */
export function findByForm(rules: Iterable<SanitiseRule>): readonly TextDetector[] {
  const types = new Set<SensitiveType>([...rules].flatMap((rule) => TYPES_OF.get(rule) ?? []));
  if (types.size === 0) return [];
  const choice = chooseDetectors(types);
  return [
    {
      replace(text, key, found) {
        let left = '';
        let from = 0;
        for (const { type, start, end } of findSensitive(text, choice, key)) {
          found(type);
          left += `${text.slice(from, start)}[${type}]`;
          from = end;
        }
        return from === 0 ? text : left + text.slice(from);
      },
    },
  ];
}
