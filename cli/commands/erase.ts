/** `erase --user`: everything of one person out of the library and off the disk. */
import { countText } from '../../core/analysis/count-text.ts';
import { askAudit, type AuditWish } from '../ask-audit.ts';
import { ExitCode, print, printJson, say } from '../output.ts';

export interface EraseOptions extends AuditWish {
  readonly user: string;
  readonly dryRun?: boolean;
}

export async function erase(options: EraseOptions): Promise<ExitCode> {
  const { user, dryRun = false, json = false } = options;
  const answer = await askAudit(options, 'audit.erase', { userId: user, dryRun });
  if (answer === undefined) return ExitCode.partial;
  const { traces, spans, held, tracesLeft } = answer;
  if (json) await printJson({ dryRun, ...answer });
  else {
    const what = `${countText(traces, 'trace')} (${countText(spans, 'span')})`;
    await print(dryRun ? `Would erase ${what}. Nothing was changed.\n` : `Erased ${what}.\n`);
  }
  if (held > 0) say(`${countText(held, 'trace')} under a legal hold stayed; release the hold first.`);
  if (tracesLeft > 0) {
    say(
      `${countText(tracesLeft, 'trace')} are hidden, but their lines are still on the disk; run it again later.`,
    );
  }
  return held + tracesLeft > 0 ? ExitCode.partial : ExitCode.done;
}
