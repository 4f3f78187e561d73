/** The one catalogue of what a target cannot hold, in sentences for people. */

const CATALOGUE = {
  'raw-json': 'Fields of {count} that the target has no place for were left out.',
  'ids-made': 'The ids of {count} are not of the target’s form; they were replaced, and kept as attributes.',
  untimed: '{count} without a start were left out: the target needs times.',
  'reports-merged':
    '{count} were reported more than once with differing content; the merged record was written.',
  payloads: 'What {count} were given and gave is not part of this target.',
  'trace-items': 'Metadata of {count} has no place in the target.',
  notes: '{count} have notes, which the target cannot hold.',
  open: '{count} have not ended; the target has no open spans, so they stand without a length.',
  nanoseconds: '{count} have times finer than a microsecond, which the target rounds down.',
} as const;

export type LossCode = keyof typeof CATALOGUE;

const OF_TRACES: ReadonlySet<string> = new Set(['trace-items', 'notes']);

/** One sentence for a person; undefined for a code that is none. */
export function describeLoss(code: string, count: number): string | undefined {
  if (!isLossCode(code)) return undefined;
  const noun = OF_TRACES.has(code) ? 'trace' : 'span';
  return CATALOGUE[code].replace('{count}', `${String(count)} ${noun}${count === 1 ? '' : 's'}`);
}

function isLossCode(code: string): code is LossCode {
  return Object.hasOwn(CATALOGUE, code);
}

/** Counts by code. */
export class LossTally {
  readonly counts = new Map<LossCode, number>();

  add(code: LossCode, count = 1): void {
    if (count > 0) this.counts.set(code, (this.counts.get(code) ?? 0) + count);
  }
}
