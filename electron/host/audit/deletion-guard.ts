/** What a deletion has to pass: traces under a legal hold stay, and what goes is recorded before it goes. */
import type { DeleteReason } from '../../../core/journal/delete-line.ts';
import type { AuditDesk } from './audit-desk.ts';
import type { HoldShelf } from './hold-shelf.ts';

export interface DeletionGuard {
  /** Those among the traces that must stay. Rejects with JournalUnavailableError where nobody can tell. */
  held(traceIds: Iterable<string>): Promise<{ has(traceId: string): boolean; readonly size: number }>;
  /** Rejects where it cannot be recorded; then nothing may go. */
  tell(deletion: {
    readonly reason: DeleteReason;
    readonly traceIds: readonly string[];
    readonly spans: number;
    readonly held: number;
  }): Promise<void>;
}

export const NO_GUARD: DeletionGuard = {
  held: () => Promise.resolve(new Set<string>()),
  tell: () => Promise.resolve(),
};

export function guardDeletions(holds: HoldShelf, audit: AuditDesk): DeletionGuard {
  return {
    held: (traceIds) => holds.heldAmong(traceIds),
    tell: async ({ reason, traceIds, spans, held }) => {
      const counts = { traces: traceIds.length, spans, held };
      const action = reason === 'retention' ? 'retention' : 'deleted';
      const why = reason === 'retention' ? 'by the rules of the settings' : 'asked for by the user';
      await audit.record({ action, objects: traceIds, counts, reason: why });
    },
  };
}
