/** A sidecar gives back what it was made from, and nothing once a bit of it has changed. */
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../core/analysis/summary.ts';
import {
  decodeSidecarHead,
  decodeSidecarSummaries,
  decodeSidecarTable,
  encodeSidecar,
  type SidecarClaim,
} from '../../../core/journal/sidecar.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import { COLUMN_NAMES } from '../../../core/model/span-table.ts';
import { readTraceText } from '../../build/read-trace-text.ts';

const CLAIM: SidecarClaim = {
  journalId: 'j1',
  segment: 3,
  covers: 4096,
  lastBlockAt: 1024,
  lastBlockCrc: 0xdeadbeef,
  blocks: 2,
  rows: 2,
  generation: 0,
  deletions: [{ at: 1, traceIds: ['t9'], keepAway: true, reason: 'user' }],
  hidden: ['t9'],
  notes: [{ offset: 64, length: 80, note: undefined }],
};

const { table, rows, compare } = readTraceText(`
Triage    agent       0---------9
  gpt-5   generation  1----5
`);
const summaries = table.traces.map((entry) => summarize(foldSpans(table, rows, compare), entry, 0));
const bytes = encodeSidecar(CLAIM, summaries, table, crc32);

describe('a sidecar', () => {
  it('says what it covers and where its parts stand', () => {
    expect(decodeSidecarHead(bytes, crc32)).toMatchObject(CLAIM);
  });

  it('gives back summaries and columns', () => {
    const head = decodeSidecarHead(bytes, crc32);
    if (head === undefined) throw new Error('no head');
    const part = ({ offset, bytes: size }: { offset: number; bytes: number }): Uint8Array =>
      bytes.subarray(offset, offset + size);
    expect(decodeSidecarSummaries(part(head.summaries), head.summaries, crc32)).toEqual(summaries);
    const back = decodeSidecarTable(part(head.table), head.table, crc32);
    expect(back?.length).toBe(table.length);
    for (const name of COLUMN_NAMES) {
      expect(back?.columns[name].slice(0, table.length)).toEqual(table.columns[name].slice(0, table.length));
    }
    expect(back?.traces).toEqual(table.traces);
  });

  it('is not believed where any byte of a part or of its head has changed', () => {
    for (let place = 0; place < bytes.length; place++) {
      const broken = bytes.slice();
      broken[place] = (broken[place] ?? 0) ^ 16;
      const head = decodeSidecarHead(broken, crc32);
      if (head === undefined) continue;
      const { summaries: first, table: second } = head;
      const cut = (offset: number, size: number): Uint8Array => broken.subarray(offset, offset + size);
      const whole =
        decodeSidecarSummaries(cut(first.offset, first.bytes), first, crc32) !== undefined &&
        decodeSidecarTable(cut(second.offset, second.bytes), second, crc32) !== undefined;
      const isPadding = bytes[place] === 0;
      expect(whole && !isPadding, `byte ${String(place)}`).toBe(false);
    }
  });

  it('is none where the bytes end early', () => {
    for (const length of [0, 7, 15, 16, 100]) {
      expect(decodeSidecarHead(bytes.subarray(0, length), crc32)).toBeUndefined();
    }
  });
});
