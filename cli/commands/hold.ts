/** `hold add|list|release`: traces that nobody and no rule deletes. */
import { countText } from '../../core/analysis/count-text.ts';
import type { HoldKind } from '../../core/rpc/audit.ts';
import { askAudit, timeText, type AuditWish } from '../ask-audit.ts';
import { ExitCode, formatTable, print, printJson, say } from '../output.ts';

export type HoldOptions = AuditWish;

export interface NewHoldOptions extends AuditWish {
  readonly trace?: string;
  readonly group?: string;
  readonly query?: string;
  readonly reason: string;
}

export async function holdAdd(options: NewHoldOptions): Promise<ExitCode> {
  const { trace, group, query, reason } = options;
  const named = Object.entries({ trace, group, query }).filter((each) => each[1] !== undefined);
  const [kind, value] = named[0] ?? [];
  if (named.length !== 1 || value === undefined) {
    say('Give one of --trace, --group and --query.');
    return ExitCode.usage;
  }
  // The keys of the object above are the kinds.
  const answer = await askAudit(options, 'holds.add', { kind: kind as HoldKind, value, reason });
  if (answer === undefined) return ExitCode.partial;
  const { hold } = answer;
  if (options.json === true) await printJson(hold);
  else await print(`Hold ${hold.id} keeps ${countText(hold.traces, 'trace')}.\n`);
  return ExitCode.done;
}

export async function holdList(options: HoldOptions): Promise<ExitCode> {
  const answer = await askAudit(options, 'holds.list', {});
  if (answer === undefined) return ExitCode.partial;
  const { holds } = answer;
  if (options.json === true) await printJson({ holds });
  else if (holds.length === 0) await print('No holds.\n');
  else {
    const rows = holds.map(({ id, kind, value, traces, at, actor, reason }) => {
      return [id, `${kind} ${value}`, String(traces), timeText(at), actor, reason];
    });
    await print(formatTable([['ID', 'HOLDS', 'TRACES', 'SINCE', 'BY', 'REASON'], ...rows]));
  }
  return ExitCode.done;
}

export async function holdRelease(
  id: string,
  options: HoldOptions & { readonly reason: string },
): Promise<ExitCode> {
  const answer = await askAudit(options, 'holds.release', { id, reason: options.reason });
  if (answer === undefined) return ExitCode.partial;
  if (options.json === true) await printJson({ released: id });
  else await print(`Released ${id}.\n`);
  return ExitCode.done;
}
