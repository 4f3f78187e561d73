/** What the records of the audit log are called, in words. */
import type { AuditAction, AuditRecord } from '../../../core/rpc/audit.ts';
import { formatCount } from '../../format/count.ts';

export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  begun: 'Recording began',
  stored: 'Stored',
  denied: 'Denied',
  skeleton: 'Kept as a skeleton',
  withheld: 'Withheld',
  redacted: 'Redacted',
  'sampled-away': 'Sampled away',
  opened: 'Opened',
  exported: 'Exported',
  deleted: 'Deleted',
  retention: 'Deleted by rule',
  erased: 'User erased',
  'hold-set': 'Hold set',
  'hold-released': 'Hold released',
  'settings-changed': 'Settings changed',
  'plugin-installed': 'Plugin installed',
  'plugin-enabled': 'Plugin switched on',
  'plugin-disabled': 'Plugin switched off',
  'plugin-changed': 'Plugin settings changed',
  'plugin-removed': 'Plugin removed',
};

/** Actions after which something is not, or no longer, in the library. */
const TAKING: readonly AuditAction[] = [
  'denied',
  'withheld',
  'sampled-away',
  'deleted',
  'retention',
  'erased',
];

export function isTaking(action: AuditAction): boolean {
  return TAKING.includes(action);
}

export function describeObjects({ objects = [] }: AuditRecord): string {
  const [first = '', ...more] = objects;
  return more.length === 0 ? first : `${first} and ${formatCount(more.length)} more`;
}

export function describeRest({ by, reason, counts }: AuditRecord): string {
  const figures = Object.entries(counts ?? {}).map(([name, count]) => formatFigure(name, count));
  return [reason ?? '', by === undefined ? '' : `by ${by}`, figures.join(', ')]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The names are plurals, or no nouns: `held`. */
function formatFigure(name: string, count: number): string {
  return `${formatCount(count)} ${count === 1 ? name.replace(/s$/, '') : name}`;
}

/** The traces of a record can be opened; plugins, holds and settings are no traces. */
export function isOfTraces({ action }: AuditRecord): boolean {
  return !/^(begun|hold-|settings-|plugin-)/.test(action);
}
