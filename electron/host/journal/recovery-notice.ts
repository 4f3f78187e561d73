/** What recovery did to a segment, in plain sentences for the status page and the terminal. */
import { assertNever } from '../../../core/model/assert.ts';
import { countText } from '../../../core/analysis/count-text.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { RecoveredSegment } from './recover-segment.ts';

/** What became of a tail that is no block. */
export type TailFate =
  { readonly kind: 'left' } | { readonly kind: 'cut' } | { readonly kind: 'moved'; readonly file: string };

export function describeRecovery(
  segment: SegmentNumber,
  { tornBytes, tailIsCut, damagedBytes, lostBlocks, unreadableLines }: RecoveredSegment,
  fate: TailFate,
): readonly string[] {
  const where = `Segment ${String(segment)}`;
  const notices: string[] = [];
  if (tornBytes > 0) {
    const what = tailIsCut ? 'of an unfinished write' : 'that are damaged';
    notices.push(`${where} ended in ${countText(tornBytes, 'byte')} ${what}, which ${describeFate(fate)}.`);
  }
  if (damagedBytes > 0) {
    notices.push(
      `${where} holds ${countText(damagedBytes, 'byte')} that are damaged (${countText(lostBlocks, 'block')}); ` +
        'they are kept and passed over, all other records were read.',
    );
  }
  if (unreadableLines > 0) {
    notices.push(`${where} holds ${countText(unreadableLines, 'line')} that no reader knows; they are kept.`);
  }
  return notices;
}

function describeFate(fate: TailFate): string {
  switch (fate.kind) {
    case 'left':
      return 'were left alone';
    case 'cut':
      return 'were cut off';
    case 'moved':
      return `were moved to ${fate.file}`;
    default:
      return assertNever(fate);
  }
}
