/** The rounds of a running host: compaction every minute, the rules of retention at the start, every hour and when they change. */
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import type { TraceStore } from '../trace-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Cleaner } from './cleaner.ts';

const COMPACT_EVERY_MS = 60_000;
const RETAIN_EVERY_MS = 3_600_000;

export interface KeepCleanParts {
  readonly store: TraceStore;
  readonly cleaner: Cleaner;
  /** Their rules are asked for anew every round. */
  readonly settings: Pick<SettingsStore, 'settings' | 'onRetention'>;
  /** Told of our own bugs. */
  readonly onBug: (error: unknown) => void;
}

/** Returns how to stop, which resolves when no round is under way. */
export function keepClean({ store, cleaner, settings, onBug }: KeepCleanParts): () => Promise<void> {
  let round: Promise<unknown> = Promise.resolve();
  const retain = (): void => {
    // One round after the other: two at once would count the same traces twice.
    round = round
      .then(() => cleaner.applyRetention(settings.settings.retention))
      .catch((error: unknown) => {
        // A full disk is told by the door; the next round tries again.
        if (!(error instanceof JournalUnavailableError)) onBug(error);
      });
  };
  store.compactor?.start(COMPACT_EVERY_MS);
  retain();
  const timer = setInterval(retain, RETAIN_EVERY_MS);
  const unlisten = settings.onRetention(retain);
  return async () => {
    clearInterval(timer);
    unlisten();
    await store.compactor?.stop();
    await round;
  };
}
