/** What a searching thread and its host say to each other. */
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { ScanStep } from './scan-segment.ts';

/** What a thread is started with. */
export interface SearchTask {
  /** Of the journal. */
  readonly directory: string;
  /** The pieces of the search. */
  readonly words: readonly string[];
}

export type ToSearchThread = { readonly segment: SegmentNumber };

export type FromSearchThread =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'step'; readonly segment: SegmentNumber } & ScanStep)
  /** The segment was read to its end. */
  | { readonly kind: 'done'; readonly segment: SegmentNumber };
