/** What a command line asks for: what would go, and unless it was only asked, that it goes. */
import type { CleanupDone, CleanupPreview, CleanupScope } from '../../../core/rpc/cleanup.ts';

export interface CleanupWish {
  readonly keepAway: boolean;
  readonly dryRun: boolean;
}

export interface CleanupAnswer extends CleanupDone {
  /** Of the lines, before compression. */
  readonly bytes: number;
}

/** The two requests, to a host or to a cleaner of one's own. */
export interface CleanupCalls {
  preview(scope: CleanupScope): Promise<CleanupPreview>;
  apply(scope: CleanupScope, keepAway: boolean): Promise<CleanupDone>;
}

export async function previewAndApply(
  calls: CleanupCalls,
  scope: CleanupScope,
  { keepAway, dryRun }: CleanupWish,
): Promise<CleanupAnswer> {
  const { traces, spans, bytes, held } = await calls.preview(scope);
  if (dryRun) return { traces, spans, bytes, ...(held !== undefined && { held }) };
  return { ...(await calls.apply(scope, keepAway)), bytes };
}
