import fc from 'fast-check';
import { expect, test } from 'vitest';

import { computeSummary } from '../../../core/analysis/summary.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { bareEntry } from '../../../core/model/trace-entry.ts';
import { arbitraryRecords, foldRecords } from '../../build/arbitrary-trace.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';

test('roots, orphans, depth and cycles of any trace are those of a plain walk over ids', () => {
  fc.assert(
    fc.property(arbitraryRecords(14), (records) => {
      const tree = linkSpans(foldRecords(records));
      const parentOf = new Map(records.map((record) => [textAt(record, 'id'), textAt(record, 'parent_id')]));
      const chains = [...parentOf.keys()].map((id) => {
        const chain = [id];
        for (
          let above = parentOf.get(id);
          above !== undefined && parentOf.has(above);
          above = parentOf.get(above)
        ) {
          if (chain.includes(above)) return { chain, cycle: chain.slice(chain.indexOf(above)) };
          chain.push(above);
        }
        return { chain, cycle: undefined };
      });
      const cycles = new Set(chains.flatMap(({ cycle }) => (cycle ? [[...cycle].sort().join()] : [])));
      expect(tree.roots).toBe([...parentOf.values()].filter((parent) => parent === undefined).length);
      expect(tree.orphans).toBe(
        [...parentOf.values()].filter((parent) => parent !== undefined && !parentOf.has(parent)).length,
      );
      expect(tree.cycles).toBe(cycles.size);
      expect(tree.tops).toHaveLength(tree.roots + tree.orphans + tree.cycles);
      if (cycles.size === 0) {
        expect(tree.maxDepth).toBe(Math.max(0, ...chains.map(({ chain }) => chain.length)));
      }
      expect(new Set(tree.preorder).size).toBe(parentOf.size);
    }),
    { numRuns: 500 },
  );
});

test('the tree of any trace does not depend on the order of arrival', () => {
  fc.assert(
    fc.property(arbitraryRecords(14), (records) => {
      const draw = (list: typeof records): string => {
        const spans = foldRecords(list);
        const tree = linkSpans(spans);
        return [...tree.preorder].map((row) => `${spans.spanId(row)}@${String(tree.depth[row])}`).join(' ');
      };
      expect(draw(records.toReversed())).toBe(draw(records));
    }),
  );
});

test('whatever the times are, no figure of the summary is NaN and no duration negative', () => {
  const hostile = fc.constantFrom(
    null,
    '',
    'yesterday',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00.123456789+14:00',
    '1969-12-31T23:59:59.999999Z',
  );
  fc.assert(
    fc.property(arbitraryRecords(6), fc.array(fc.tuple(hostile, hostile)), (records, times) => {
      const changed = records.map((record, i) => {
        const [start, end] = times[i] ?? [record['started_at'] ?? null, record['ended_at'] ?? null];
        return { ...record, started_at: start, ended_at: end };
      });
      const spans = foldRecords(changed);
      const trace = computeSummary(spans, linkSpans(spans), bareEntry('t1'), DRAWN_START_US);
      expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
      expect(trace.durationMs).toBeGreaterThanOrEqual(0);
      expect(at(trace.startedAt.split('T'), 0)).toMatch(/^\d{4}-\d\d-\d\d$/);
    }),
    { numRuns: 300 },
  );
});

function textAt(record: JsonObject, key: string): string | undefined {
  const text = record[key];
  return typeof text === 'string' ? text : undefined;
}
