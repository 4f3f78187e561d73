/**
 * Erases one person: the traces whose metadata names the user are deleted and taken off the disk at once, and the keys
 * of their digests are destroyed. The audit log stays as it is and its chain whole; what it says of these traces leads
 * nowhere from then on.
 */
import { findUserId } from '../../../core/model/user-of.ts';
import type { Erasure } from '../../../core/rpc/audit.ts';
import type { TraceStore } from '../trace-store.ts';
import type { AuditDesk } from './audit-desk.ts';
import type { HoldShelf } from './hold-shelf.ts';

export interface EraseParts {
  readonly store: TraceStore;
  readonly audit: AuditDesk;
  readonly holds: Pick<HoldShelf, 'heldAmong'>;
}

/** Rejects with JournalUnavailableError. */
export async function eraseSubject(
  { store, audit, holds }: EraseParts,
  userId: string,
  dryRun: boolean,
): Promise<Erasure> {
  const { library } = store;
  const all = library.summaries().filter(({ metadata }) => findUserId(metadata) === userId);
  const held = await holds.heldAmong(all.map(({ id }) => id));
  const traces = all.filter(({ id }) => !held.has(id));
  const ids = traces.map(({ id }) => id);
  const spans = traces.reduce((sum, each) => sum + each.spans, 0);
  const counts = { traces: ids.length, spans, held: held.size };
  if (dryRun) return { ...counts, tracesLeft: 0 };
  // Who it was is not said: the id of a person is what is to be forgotten.
  await audit.record({ action: 'erased', objects: ids, counts, reason: 'one user' });
  if (ids.length > 0) {
    await store.delete(ids, true, 'user');
    await store.compactor?.run();
    await audit.keys.destroy(ids);
  }
  const wanted = new Set(ids);
  const left = library.deletions
    .segmentsWithHidden()
    .flatMap((segment) => library.deletions.hiddenIn(segment))
    .filter((id) => wanted.has(id));
  return { ...counts, tracesLeft: new Set(left).size };
}
