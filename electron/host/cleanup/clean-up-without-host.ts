/** Cleaning up while no host runs: it owns the data directory until the deleted lines are off the disk. */
import type { Clock } from '../../../core/model/time.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import { useAuditedStore } from '../audit/audited-store.ts';
import { guardDeletions } from '../audit/deletion-guard.ts';
import { Cleaner } from './cleaner.ts';
import { previewAndApply, type CleanupAnswer, type CleanupWish } from './preview-and-apply.ts';

/** Undefined where another process owns the directory. Rejects with JournalUnavailableError. */
export async function cleanUpWithoutHost(
  dataDirectory: string,
  scope: CleanupScope,
  wish: CleanupWish,
  clock: Clock,
): Promise<CleanupAnswer | undefined> {
  return await useAuditedStore(dataDirectory, clock, async ({ store, audit, holds }) => {
    const cleaner = new Cleaner(store, clock, guardDeletions(holds, audit));
    const answer = await previewAndApply(cleaner, scope, wish);
    if (!wish.dryRun) await store.compactor?.run();
    return answer;
  });
}
