/** How a page's library stands: what a person is told while it is made, and what the health page shows of it. */
import type { FeedCursor } from '../../core/rpc/feed.ts';

export type FeedingState = {
  readonly journalId: string | undefined;
  /** Commits so far. */
  readonly version: number;
  readonly cursor: FeedCursor | undefined;
  /** False while the list is known to be a part of the library only. */
  readonly whole: boolean;
} & FeedingPhase;

export type FeedingPhase =
  /** Nothing is known yet: the host has not answered, and no library of it was here. */
  | { readonly kind: 'opening' }
  /** Another page writes the library; this one follows. */
  | { readonly kind: 'following' }
  | {
      readonly kind: 'writing';
      /** Pulled since this page began to write, and what waits at the host; 0 at the end. */
      readonly pulledRows: number;
      readonly pulledBytes: number;
      readonly waitingRows: number;
      readonly waitingBytes: number;
    }
  /** There is no library in this browser: the list is what the host tells, and is told anew after a reload. */
  | { readonly kind: 'in-memory'; readonly reason: InMemoryReason };

/** `no-room`: the disk or its quota is full. `newer`: a newer Tracebench has written it, and it is left alone. */
export type InMemoryReason = 'no-room' | 'newer' | 'unavailable';
