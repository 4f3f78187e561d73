/** The line before the records of a batch, and the names of the journal's files. */
import { describe, expect, it } from 'vitest';
import { encodeBatchLine, readBatchLine } from '../../../core/journal/batch-line.ts';
import { segmentFileName, segmentsAmong, sidecarFileName } from '../../../core/journal/segment-name.ts';

describe('a batch line', () => {
  it('is one line of JSON that reads back', () => {
    const context = {
      at: 1_795_361_468_062_123,
      via: 'import',
      origin: 'a "b"\n.jsonl',
      format: 'openai-agents',
      records: 3,
    } as const;
    const text = new TextDecoder().decode(encodeBatchLine(context));
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(readBatchLine(JSON.parse(text))).toEqual(context);
  });

  it('is told from records, and from lines of a later version that it cannot read', () => {
    expect(readBatchLine({ object: 'trace', id: 't' })).toBeUndefined();
    expect(readBatchLine({ $batch: { at: 1, via: 'telepathy', records: 1 } })).toBeUndefined();
    expect(readBatchLine(7)).toBeUndefined();
  });
});

describe('names of segments', () => {
  it('sort as their numbers and are found among other files', () => {
    const names = ['journal.json', segmentFileName(12), sidecarFileName(12), segmentFileName(2), '12.jsonl'];
    expect(segmentsAmong(names)).toEqual([2, 12]);
    expect(segmentFileName(1_000_000)).toBe('1000000.jsonl');
  });
});
