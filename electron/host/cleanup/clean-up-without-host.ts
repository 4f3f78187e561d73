/** Cleaning up while no host runs: it owns the data directory until the deleted lines are off the disk. */
import type { Clock } from '../../../core/model/time.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import { openStore } from '../open-store.ts';
import { acquireOwnerLock } from '../owner/owner-lock.ts';
import { VERSION } from '../version.ts';
import { Cleaner } from './cleaner.ts';
import { previewAndApply, type CleanupAnswer, type CleanupWish } from './preview-and-apply.ts';

/** Undefined where another process owns the directory. Rejects with JournalUnavailableError. */
export async function cleanUpWithoutHost(
  dataDirectory: string,
  scope: CleanupScope,
  wish: CleanupWish,
  clock: Clock,
): Promise<CleanupAnswer | undefined> {
  const locked = await acquireOwnerLock(dataDirectory, VERSION);
  if (locked.kind === 'held') return undefined;
  try {
    const store = await openStore(dataDirectory, clock);
    try {
      const answer = await previewAndApply(new Cleaner(store, clock), scope, wish);
      if (!wish.dryRun) await store.compactor?.run();
      return answer;
    } finally {
      await store.close();
    }
  } finally {
    await locked.lock.release();
  }
}
