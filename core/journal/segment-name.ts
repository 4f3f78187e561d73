/** Names of the files of a segment: `000012.jsonl` is the truth, `000012.columns` can be made again from it. */
export type SegmentNumber = number;

const DIGITS = 6;
/** Nine digits at most: what a stranger names longer is not ours, and no number that one can count on from. */
const SEGMENT_FILE = /^(\d{6,9})\.jsonl(\.gz)?$/;

export function segmentFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.jsonl`;
}

/** The segment once it was compressed; where both are there, this one counts. */
export function compressedFileName(segment: SegmentNumber): string {
  return `${segmentFileName(segment)}.gz`;
}

export function sidecarFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.columns`;
}

const OF_SEGMENT = /^\d{6,9}\.(jsonl(\.gz)?|columns)$/;

/** True for the files of segments, which get smaller when traces are deleted; kept damage does not. */
export function isOfSegment(fileName: string): boolean {
  return OF_SEGMENT.test(fileName);
}

/** Where damage is kept that was taken out of a segment; `copy` counts from 1. */
export function damageFileName(segment: SegmentNumber, copy: number): string {
  const suffix = copy === 1 ? '' : `-${String(copy)}`;
  return `${String(segment).padStart(DIGITS, '0')}.damaged${suffix}`;
}

/** The segments among the names of a journal directory, in order. */
export function segmentsAmong(fileNames: readonly string[]): readonly SegmentNumber[] {
  const numbers = fileNames.flatMap((name) => {
    const match = SEGMENT_FILE.exec(name);
    const segment = Number(match?.[1]);
    return match !== null && name.startsWith(segmentFileName(segment)) ? [segment] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
