/** The feeding with what a worker of a real browser has: its IndexedDB, and its locks. */
import { LibraryFeeding, type LibraryFeedingParts } from './library-feeding.ts';

export type MakeFeeding = (
  parts: Pick<LibraryFeedingParts, 'list' | 'send' | 'onState' | 'host' | 'prices'>,
) => LibraryFeeding;

export const makeBrowserFeeding: MakeFeeding = (parts) =>
  new LibraryFeeding({
    ...parts,
    indexedDB,
    IDBKeyRange,
    // A page that holds a lock is not put to sleep, so that a hidden tab keeps up.
    withLock: (name, signal, work) => navigator.locks.request(name, { signal }, work),
    onError: (error) => {
      // To the console of the page, where a person who looks for a fault looks.
      reportError(error);
    },
  });
