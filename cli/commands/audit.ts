/** `audit head`, `audit key`, `audit list`: what the audit log says, for a person or a program. */
import type { AuditAction, AuditRecord } from '../../core/audit/audit-record.ts';
import { askAudit, timeText, type AuditWish } from '../ask-audit.ts';
import { ExitCode, formatTable, print, printJson, say } from '../output.ts';

export interface HeadOptions extends AuditWish {
  readonly sign?: boolean;
}

export interface RecordOptions extends AuditWish {
  readonly action?: AuditAction;
  readonly limit: number;
}

export async function auditHead(options: HeadOptions): Promise<ExitCode> {
  if (options.sign === true) {
    const signed = await askAudit(options, 'audit.sign', {});
    if (signed === undefined) return ExitCode.partial;
    await printJson(signed.head);
    return ExitCode.done;
  }
  const state = await askAudit(options, 'audit.state', {});
  if (state === undefined) return ExitCode.partial;
  const { head, isOn, problem } = state;
  if (options.json === true) await printJson({ isOn, head });
  else if (head === null) say('The audit log has no record yet.');
  else await print(`${String(head.seq)} ${head.hash}\n`);
  if (problem !== null) say(`Nothing can be recorded: ${problem}.`);
  return head === null || problem !== null ? ExitCode.partial : ExitCode.done;
}

export async function auditKey(options: AuditWish): Promise<ExitCode> {
  const signed = await askAudit(options, 'audit.sign', {});
  if (signed === undefined) return ExitCode.partial;
  await print(signed.publicKey);
  return ExitCode.done;
}

export async function auditList(options: RecordOptions): Promise<ExitCode> {
  const { action, limit } = options;
  const found = await askAudit(options, 'audit.list', { limit, ...(action !== undefined && { action }) });
  if (found === undefined) return ExitCode.partial;
  if (options.json === true) await printJson(found);
  else if (found.records.length === 0) await print('No records.\n');
  else await print(formatTable([['SEQ', 'AT', 'ACTOR', 'ACTION', 'WHAT'], ...found.records.map(rowOf)]));
  return ExitCode.done;
}

function rowOf({ seq, at, actor, action, objects = [], by, reason, counts }: AuditRecord): readonly string[] {
  const [first = '', ...more] = objects;
  const what = [
    more.length === 0 ? first : `${first} and ${String(more.length)} more`,
    by === undefined ? '' : `by ${by}`,
    reason ?? '',
    Object.entries(counts ?? {})
      .map(([name, count]) => `${String(count)} ${name}`)
      .join(', '),
  ];
  return [String(seq), timeText(at), actor, action, what.filter((part) => part !== '').join(' · ')];
}
