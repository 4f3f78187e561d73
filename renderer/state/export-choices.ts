/** What the export dialog lets one choose, in its words: the targets, and what may stay here. */
import { findType, TYPE_WORDS } from '../../core/detect/sensitive-types.ts';
import { findRule, RULE_WORDS, SANITISE_RULES } from '../../core/sanitise/rules.ts';
import { TARGET_WORDS } from '../../core/rpc/export-targets.ts';

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly says: string;
}

export const EXPORT_CHOICES: readonly Choice[] = TARGET_WORDS;

export const WITHHOLD_CHOICES: readonly Choice[] = SANITISE_RULES.map((name) => ({
  name,
  ...RULE_WORDS[name],
}));

/** What a count of withheld values is called. */
export function withheldLabel(rule: string): string {
  const chosen = findRule(rule);
  if (chosen !== undefined) return RULE_WORDS[chosen].label;
  if (rule === 'attributes') return 'Attributes of other tools';
  if (rule === 'unknown') return 'Fields of no known meaning';
  if (rule === 'copies') return 'The same texts elsewhere';
  const type = findType(rule.replace('detector:', ''));
  return type === undefined ? rule.replace('detector:', 'Found by ') : TYPE_WORDS[type];
}
