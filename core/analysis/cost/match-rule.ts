/** Whether a name meets a rule of the price table. Case does not matter, but to a regular expression. */
import type { MatchRule } from './price-table.ts';

/** Rules are nested a few deep at most: reading refuses deeper ones. */
export function meetsRule(rule: MatchRule, name: string): boolean {
  switch (rule.kind) {
    case 'equals':
      return name.toLowerCase() === rule.text;
    case 'starts_with':
      return name.toLowerCase().startsWith(rule.text);
    case 'ends_with':
      return name.toLowerCase().endsWith(rule.text);
    case 'contains':
      return name.toLowerCase().includes(rule.text);
    case 'regex':
      return rule.pattern.test(name);
    case 'or':
      return rule.rules.some((each) => meetsRule(each, name));
    case 'and':
      return rule.rules.every((each) => meetsRule(each, name));
  }
}
