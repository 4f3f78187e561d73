import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { computeCompleteness } from '../../../core/analysis/completeness.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../core/analysis/summary.ts';
import { at } from '../../../core/model/assert.ts';
import { MAX_FINDING_SPANS, type Finding } from '../../../core/model/finding.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { bareEntry } from '../../../core/model/trace-entry.ts';
import { arbitraryRecords } from '../../build/arbitrary-trace.ts';
import { readTraceText, tableOfRecords, type DrawnTraces } from '../../build/read-trace-text.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';

function check({ table, rows, compare }: DrawnTraces): readonly Finding[] {
  const spans = foldSpans(table, rows, compare);
  const tree = linkSpans(spans);
  const entry = table.traces[0] ?? bareEntry('t1');
  return computeCompleteness(spans, tree, computeSummary(spans, tree, entry, DRAWN_START_US));
}

const HEADER = 'trace t1 workflow=Support group=g1\n';

/** The drawing from its own left edge, below a header. */
function named(drawing: string): string {
  const [indent = ''] = /^ +/m.exec(drawing) ?? [];
  return drawing.startsWith('\n') ? HEADER + drawing.replaceAll(`\n${indent}`, '\n') : HEADER + drawing;
}

/** Codes with their counts: `no-usage 2`. */
function codesOf(drawing: string, live = false): readonly string[] {
  const drawn = readTraceText(named(drawing), live ? { origin: 'live' } : {});
  return check(drawn).map(({ code, count }) => `${code} ${String(count)}`);
}

test('a whole trace leaves nothing to find', () => {
  const drawing = `
    Triage    agent       0------9
      gpt-5   generation   1-3     in=10 out=2 cached=4
      lookup  function       4-6
  `;
  expect(codesOf(drawing)).toEqual([]);
});

describe('what is missing', () => {
  test('calls without usage and without a model are counted; those that failed or run are not', () => {
    const drawing = `
      Triage  agent       0------9
        gpt-5 generation   1-3
        -     response     1-3      in=1 out=1
        gpt-5 generation   4-5      !boom
    `;
    expect(codesOf(drawing)).toEqual(['no-usage 1', 'no-model 1']);
  });

  test('where the run tells its sum, calls without usage are no more than a remark', () => {
    expect(codesOf('run task 0-9 in=5 out=1\n  gpt-5 generation 1-3')).toEqual(['no-usage-but-sum 1']);
  });

  test('orphans, open spans and unreadable times', () => {
    const drawing = 'lost custom 0-5 parent=gone\nopen custom 1...\nwhen custom ?-6';
    expect(codesOf(drawing)).toEqual(['open-spans 1', 'no-time 1', 'orphans 1']);
  });

  test('a live trace that is under way is not blamed for its open spans', () => {
    expect(codesOf('Triage agent 0... live', true)).toEqual([]);
  });

  test('a span that the exporter cut short', () => {
    const record: JsonObject = {
      object: 'trace.span',
      id: 's1',
      trace_id: 't1',
      parent_id: null,
      started_at: '2026-01-01T00:00:00Z',
      ended_at: '2026-01-01T00:00:01Z',
      span_data: { type: 'function', name: 'read', output: 'much... [truncated]' },
    };
    expect(check(tableOfRecords([record])).map(({ code }) => code)).toContain('truncated');
  });

  test('no workflow name, no group, no metadata', () => {
    const drawn = readTraceText('trace t1\nstep-by-step custom 0-5');
    expect(check(drawn).map(({ code }) => code)).toEqual(['plain-workflow', 'no-metadata']);
  });

  test('a trace without spans says so', () => {
    expect(codesOf('')).toEqual(['no-spans 0']);
  });
});

describe('what cannot be true', () => {
  test('a cut cycle is a cycle, not an orphan', () => {
    expect(codesOf('a custom 0-9 id=a parent=b\nb custom 1-8 id=b parent=a')).toEqual(['parent-cycle 1']);
  });

  test('children outside of their parents, and ends before starts', () => {
    const drawing = `
      Triage   agent     10------20
        early  function  5---12
        late   function     15------30
        back   function      14-11
    `;
    expect(codesOf(drawing)).toEqual(['negative-duration 1', 'starts-before-parent 1', 'outlasts-parent 1']);
  });

  test('a millisecond at the edges is the grain of clocks', () => {
    expect(codesOf('Triage agent 10-20\n  lookup function 9-21')).toEqual([]);
  });

  test('tokens that do not add up', () => {
    const drawing = `
      gpt-5  generation 0-1  in=10 out=1 cached=11
      gpt-5  generation 1-2  in=10 out=1 total=5
      gpt-5  generation 2-3  in=10 out=1 total=11
    `;
    expect(codesOf(drawing)).toEqual(['odd-usage 2']);
  });

  test('what is repeated is said to have been counted once', () => {
    expect(codesOf('run task 0-9 in=5 out=1\n  gpt-5 generation 1-3 in=5 out=1')).toEqual([
      'repeated-usage 1',
    ]);
  });
});

test('names that say nothing are told, those that do are not', () => {
  const drawing = 'LLM custom 0-5\nspan_2 custom 0-5\nspan the river custom 0-5\n- function 0-5';
  expect(codesOf(drawing)).toEqual(['plain-names 3']);
});

test('thousands of tiny custom spans are a habit, a few are not', () => {
  const tiny = (count: number): string => Array.from({ length: count }, () => 'tick custom 0-0.5').join('\n');
  expect(codesOf(tiny(999))).toEqual([]);
  const [finding] = check(readTraceText(HEADER + tiny(1500)));
  expect(finding).toMatchObject({ code: 'tiny-spans', count: 1500 });
  expect(finding?.spanIds).toHaveLength(MAX_FINDING_SPANS);
});

test('any trace: whole sentences, known spans, the gravest first, whatever the order of arrival', () => {
  const rank = { error: 0, warning: 1, info: 2 };
  fc.assert(
    fc.property(arbitraryRecords(), (records) => {
      const findings = check(tableOfRecords(records));
      expect(check(tableOfRecords(records.toReversed()))).toEqual(findings);
      const ids = records.map(({ id }) => id);
      findings.forEach((finding, i) => {
        expect(finding.message).toMatch(/^[A-Z0-9].*\.$/);
        expect(finding.advice).toMatch(/^[A-Z].*\.$/);
        expect(finding.spanIds.length).toBeLessThanOrEqual(finding.count);
        for (const id of finding.spanIds) expect(ids).toContain(id);
        if (i > 0) expect(rank[at(findings, i - 1).severity]).toBeLessThanOrEqual(rank[finding.severity]);
      });
    }),
    { numRuns: 300 },
  );
});
