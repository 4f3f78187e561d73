/** Names of the files of a segment: `000012.jsonl` is the truth, `000012.columns` can be made again from it. */
export type SegmentNumber = number;

const DIGITS = 6;
const SEGMENT_FILE = /^(\d{6,})\.jsonl$/;

export function segmentFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.jsonl`;
}

export function sidecarFileName(segment: SegmentNumber): string {
  return `${String(segment).padStart(DIGITS, '0')}.columns`;
}

/** The segments among the names of a journal directory, in order. */
export function segmentsAmong(fileNames: readonly string[]): readonly SegmentNumber[] {
  return fileNames
    .flatMap((name) => {
      const match = SEGMENT_FILE.exec(name);
      return match === null ? [] : [Number(match[1])];
    })
    .sort((a, b) => a - b);
}
