/** What the thread that draws and the feeding of the library say to each other. */
import type { SavedView } from '../../core/store/library-database.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { FeedingState } from './feeding-state.ts';

/** A way to the host that belongs to the worker alone. */
export type StoreLine =
  | { readonly kind: 'socket'; readonly url: string; readonly token: string }
  /** The desktop shell hands out ports; one that ended is followed by another (`want-line`). */
  | { readonly kind: 'port'; readonly port: MessagePort };

export type ToFeeding =
  /** `journalId`: whose library is shown before the host has answered, where that is known. */
  | { readonly kind: 'line'; readonly line: StoreLine; readonly journalId: string | undefined }
  /** The host answers again: no need to wait for the next try. */
  | { readonly kind: 'retry' }
  /** A trace out of the library, while the host is away. */
  | { readonly kind: 'read-trace'; readonly request: number; readonly traceId: string }
  | { readonly kind: 'save-view'; readonly view: SavedView }
  | { readonly kind: 'remove-view'; readonly id: string };

export type FromFeeding =
  | { readonly kind: 'feeding'; readonly state: FeedingState }
  | { readonly kind: 'want-line' }
  | { readonly kind: 'trace-read'; readonly request: number; readonly trace: ReadTrace | undefined }
  | { readonly kind: 'views'; readonly views: readonly SavedView[] };

export interface ReadTrace {
  readonly summary: TraceSummary;
  /** An encoded SpanTable, one row a span. */
  readonly bytes: Uint8Array;
}
