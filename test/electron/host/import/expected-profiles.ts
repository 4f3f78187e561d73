/** What the reading of Chrome's and speedscope's files must come to, and why that is right. */
import { expect } from 'vitest';
import type { ForeignExpectation } from './foreign-expectation.ts';

export const PROFILE_FILES: readonly ForeignExpectation[] = [
  {
    // What begins and ends on one thread: two spans, one inside the other.
    file: 'chrome-trace-event/speedscope-simple-hermes.json',
    format: 'chrome-trace',
    traces: 1,
    spans: 2,
    kinds: { custom: 2 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ workflowName: '[root]', roots: 1, depth: 2, durationMs: 0.014 });
    },
  },
  {
    // The object form. alpha holds beta, beta holds an event without a name, whose length is only told in `tdur`.
    file: 'chrome-trace-event/speedscope-simple-object.json',
    format: 'chrome-trace',
    traces: 1,
    spans: 3,
    kinds: { custom: 3 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ workflowName: 'alpha', status: 'completed', roots: 1, depth: 3 });
    },
  },
  // The same six events, in a list that is closed, is not closed, ends in a comma, or in white space: each is two
  // spans that begin and end, and two that came complete inside them. A list that stays open is no fault here.
  ...['simple', 'simple-partial', 'simple-partial-trailing-comma', 'simple-partial-whitespace'].map(
    (name): ForeignExpectation => ({
      file: `chrome-trace-event/speedscope-${name}.json`,
      format: 'chrome-trace',
      traces: 1,
      spans: 4,
      kinds: { custom: 4 },
      check: ({ files: [file], summaries: [trace] }) => {
        expect(file?.diagnostics).toEqual([]);
        expect(trace).toMatchObject({
          status: 'completed',
          roots: 1,
          orphans: 0,
          depth: 3,
          durationMs: 0.014,
        });
      },
    }),
  ),
  {
    // Seven samples: the root runs through all of them, functions 1 and 3 (inside 2) and the collector once each.
    file: 'chrome-trace-event/speedscope-simple-with-samples.json',
    format: 'chrome-trace',
    traces: 1,
    spans: 5,
    kinds: { custom: 5 },
    check: ({ summaries: [trace] }) => {
      // 11552189951 - 11552125241.
      expect(trace).toMatchObject({ workflowName: 'hermes', roots: 1, depth: 3, durationMs: 64.71 });
    },
  },
  // a around b around c, d, c: five spans, written pretty or not. The file counts no time.
  ...['simple-no-pretty-print', 'simple'].map((name): ForeignExpectation => ({
    file: `speedscope-profiles/speedscope-0.0.1-${name}.speedscope.json`,
    format: 'speedscope',
    traces: 1,
    spans: 5,
    kinds: { custom: 5 },
    check: ({ files: [file], summaries: [trace] }) => {
      expect(file?.diagnostics.map(({ code }) => code)).toEqual(['no-time-unit']);
      expect(trace).toMatchObject({ workflowName: 'simple.txt', roots: 1, depth: 3, durationMs: 0.014 });
    },
  })),
  {
    // The same five as samples of the stack, in seconds.
    file: 'speedscope-profiles/speedscope-0.1.2-simple-sampled.speedscope.json',
    format: 'speedscope',
    traces: 1,
    spans: 5,
    kinds: { custom: 5 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ roots: 1, depth: 3, durationMs: 14_000 });
    },
  },
  {
    // Two profiles of the same samples are two traces of one group.
    file: 'speedscope-profiles/speedscope-0.6.0-two-sampled.speedscope.json',
    format: 'speedscope',
    traces: 2,
    spans: 10,
    kinds: { custom: 10 },
    check: ({ summaries }) => {
      expect(summaries.map(({ workflowName, groupId }) => [workflowName, groupId])).toEqual([
        ['one', 'Two Samples'],
        ['two', 'Two Samples'],
      ]);
    },
  },
  {
    // A frame that is never closed is an open span, and the report says so.
    file: 'speedscope-profiles/speedscope-invalid-incomplete-trace.json',
    format: 'speedscope',
    traces: 1,
    spans: 1,
    kinds: { custom: 1 },
    check: ({ files: [file], summaries: [trace] }) => {
      expect(file?.diagnostics.map(({ code }) => code)).toContain('unclosed-span');
      expect(trace).toMatchObject({ status: 'in_progress', durationMs: 0 });
    },
  },
  {
    // speedscope refuses it: B closes while an A that it opened is still open. Here all four spans keep their times.
    file: 'speedscope-profiles/speedscope-invalid-out-of-order-events.json',
    format: 'speedscope',
    traces: 1,
    spans: 4,
    kinds: { custom: 4 },
    check: ({ files: [file], summaries: [trace] }) => {
      expect(file?.diagnostics.map(({ code }) => code)).toContain('crossed-spans');
      expect(trace).toMatchObject({ status: 'completed', roots: 2, depth: 3, durationMs: 0.005 });
    },
  },
  {
    // 91 times two lines that share no frame: each is two spans. Lines are samples, one after the other.
    file: 'speedscope-profiles/stackcollapse-alternating.txt',
    format: 'collapsed',
    traces: 1,
    spans: 364,
    kinds: { custom: 364 },
    check: ({ files: [file], summaries: [trace] }) => {
      expect(file?.diagnostics.map(({ code }) => code)).toEqual(['no-time-unit']);
      expect(trace).toMatchObject({ workflowName: 'a', roots: 182, depth: 2, durationMs: 0.182 });
    },
  },
  {
    // 199 lines below one frame; the counts are 285, the longest line has 69 frames. Counted by another program:
    // a frame that stands at its place in the line before is the same span.
    file: 'speedscope-profiles/stackcollapse-perf-vertx-stacks-01-collapsed-all.txt',
    format: 'collapsed',
    traces: 1,
    spans: 360,
    kinds: { custom: 360 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ workflowName: 'java', roots: 1, depth: 69, durationMs: 0.285 });
    },
  },
];
