/** What recovery did to a segment, in plain sentences for the status page and the terminal. */
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { RecoveredSegment } from './recover-segment.ts';

export function describeRecovery(
  segment: SegmentNumber,
  { tornBytes, damagedBytes, lostBlocks, unreadableLines }: RecoveredSegment,
  readOnly: boolean,
): readonly string[] {
  const where = `Segment ${String(segment)}`;
  const notices: string[] = [];
  if (tornBytes > 0) {
    const fate = readOnly ? 'were left alone' : 'were cut off';
    notices.push(`${where} ended in ${count(tornBytes, 'byte')} of an unfinished write, which ${fate}.`);
  }
  if (damagedBytes > 0) {
    notices.push(
      `${where} holds ${count(damagedBytes, 'byte')} that are damaged (${count(lostBlocks, 'block')}); ` +
        'they are kept and passed over, all other records were read.',
    );
  }
  if (unreadableLines > 0) {
    notices.push(`${where} holds ${count(unreadableLines, 'line')} that no reader knows; they are kept.`);
  }
  return notices;
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
}
