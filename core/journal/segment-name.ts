/** Names of the files of a segment: `000012.jsonl` is the truth, `000012.columns` can be made again from it. */
export type SegmentNumber = number;

const DIGITS = 6;
/** Nine digits at most: what a stranger names longer is not ours, and no number that one can count on from. */
const SEGMENT_FILE = /^(\d{6,9})\.jsonl$/;

export function segmentFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.jsonl`;
}

export function sidecarFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.columns`;
}

/** Where damage is kept that was taken out of a segment; `copy` counts from 1. */
export function damageFileName(segment: SegmentNumber, copy: number): string {
  const suffix = copy === 1 ? '' : `-${String(copy)}`;
  return `${String(segment).padStart(DIGITS, '0')}.damaged${suffix}`;
}

/** The segments among the names of a journal directory, in order. */
export function segmentsAmong(fileNames: readonly string[]): readonly SegmentNumber[] {
  return fileNames
    .flatMap((name) => {
      const match = SEGMENT_FILE.exec(name);
      const segment = Number(match?.[1]);
      return match !== null && segmentFileName(segment) === name ? [segment] : [];
    })
    .sort((a, b) => a - b);
}
