/** This browser's own library: whether it is whole, who writes it, and how far behind the journal it stands. */
import { formatBytes, formatCount } from '../../format/count.ts';
import type { LibraryFeed } from '../../state/library-feed.svelte.ts';
import type { FactGroup } from './health-facts.ts';

type FeedingState = LibraryFeed['state'];

const REASONS = {
  'no-room': 'no: this browser has no room for it',
  newer: 'no: a newer Tracebench has written it',
  unavailable: 'no: this browser does not allow it',
} as const;

export function describeFeeding(state: FeedingState, traces: number): FactGroup {
  const { cursor } = state;
  return {
    title: 'This browser’s library',
    facts: [
      { name: 'Kept', value: describeKeeping(state), bad: state.kind === 'in-memory' },
      { name: 'Whole', value: state.whole ? 'yes' : 'not yet' },
      { name: 'Traces', value: formatCount(traces) },
      { name: 'Waiting at the host', value: describeWaiting(state) },
      {
        name: 'Read up to',
        value:
          cursor === undefined
            ? '–'
            : `segment ${formatCount(cursor.segment)}, row ${formatCount(cursor.row)}`,
      },
      { name: 'Commits', value: formatCount(state.version) },
    ],
  };
}

function describeKeeping(state: FeedingState): string {
  switch (state.kind) {
    case 'opening':
      return 'being opened';
    case 'following':
      return 'written by another tab';
    case 'writing':
      return 'written by this tab';
    case 'in-memory':
      return REASONS[state.reason];
  }
}

function describeWaiting(state: FeedingState): string {
  if (state.kind !== 'writing') return '–';
  if (state.waitingRows === 0) return 'nothing';
  return `${formatCount(state.waitingRows)} rows, ${formatBytes(state.waitingBytes)}`;
}
