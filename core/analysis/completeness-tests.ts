/** What the completeness check asks of each span: one test a code. */
import { at } from '../model/assert.ts';
import { SpanIdIndex } from '../model/span-id-index.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { CompletenessCode } from './completeness-messages.ts';
import type { SpanTree } from './span-tree.ts';
import { findUsageLeaves, saysTokens } from './usage-leaves.ts';

export interface RowTest {
  readonly code: CompletenessCode;
  readonly applies: (row: number) => boolean;
}

/** Clocks of one program are read to the millisecond by some SDKs: less is no difference. */
const CLOCK_GRAIN_US = 1000;
const TINY_US = 1000;

export function makeRowTests(spans: SpanTable, tree: SpanTree): readonly RowTest[] {
  return [...testTimes(spans, tree), ...testUsage(spans, tree), ...testRest(spans, tree)];
}

function testTimes(spans: SpanTable, { parent }: SpanTree): readonly RowTest[] {
  const { startUs, endUs, flags } = spans.columns;
  const ended = (row: number): boolean => (at(flags, row) & SpanFlag.ended) !== 0;
  return [
    { code: 'open-spans', applies: (row) => !ended(row) },
    {
      code: 'no-time',
      applies: (row) => Number.isNaN(at(startUs, row)) || (ended(row) && Number.isNaN(at(endUs, row))),
    },
    { code: 'negative-duration', applies: (row) => at(endUs, row) < at(startUs, row) },
    {
      code: 'starts-before-parent',
      applies: (row) => {
        const above = at(parent, row);
        return above >= 0 && at(startUs, row) < at(startUs, above) - CLOCK_GRAIN_US;
      },
    },
    {
      code: 'outlasts-parent',
      applies: (row) => {
        const above = at(parent, row);
        return above >= 0 && at(endUs, row) > at(endUs, above) + CLOCK_GRAIN_US;
      },
    },
    {
      code: 'tiny-spans',
      applies: (row) =>
        spans.columns.kind[row] === KIND_CODE.custom && at(endUs, row) - at(startUs, row) < TINY_US,
    },
  ];
}

function testUsage(spans: SpanTable, tree: SpanTree): readonly RowTest[] {
  const { inputTokens, outputTokens, cachedTokens, reasoningTokens, totalTokens } = spans.columns;
  const leaves = findUsageLeaves(spans, tree);
  const exceeds = (part: number, whole: number): boolean => whole >= 0 && part > whole;
  return [
    {
      code: 'odd-usage',
      applies: (row) => {
        const [input, output, total] = [at(inputTokens, row), at(outputTokens, row), at(totalTokens, row)];
        return (
          exceeds(at(cachedTokens, row), input) ||
          exceeds(at(reasoningTokens, row), output) ||
          exceeds(Math.max(input, output, input >= 0 && output >= 0 ? input + output : 0), total)
        );
      },
    },
    { code: 'repeated-usage', applies: (row) => leaves[row] === 0 && saysTokens(spans, row) },
  ];
}

function testRest(spans: SpanTable, tree: SpanTree): readonly RowTest[] {
  const { flags } = spans.columns;
  const has = (row: number, flag: number): boolean => (at(flags, row) & flag) !== 0;
  const isPlain = makePlainNames(spans);
  return [
    { code: 'truncated', applies: (row) => has(row, SpanFlag.truncated) },
    { code: 'span-conflict', applies: (row) => has(row, SpanFlag.conflict) },
    { code: 'orphans', applies: makeOrphans(spans, tree) },
    { code: 'plain-names', applies: isPlain },
  ];
}

/** A span that a cycle was cut at stands at the top as well, but its parent came. */
function makeOrphans(spans: SpanTable, { parent, cycles }: SpanTree): (row: number) => boolean {
  const c = spans.columns;
  const index = cycles > 0 ? SpanIdIndex.of(spans) : undefined;
  return (row) => {
    if (c.parentForm[row] === 0 || at(parent, row) >= 0) return false;
    if (index === undefined) return true;
    return index.find(at(c.parentForm, row), at(c.parentA, row), at(c.parentB, row), at(c.parentC, row)) < 0;
  };
}

const PLAIN_NAME =
  /^(llm|span|chain|agent|tool|function|custom|custom span|unnamed|unknown|step|run|call|node|main|test|foo|my agent|my tool|runnable|lambda|<lambda>|anonymous)(?:[ _-]?\d+)?$/i;
const NAMED_KINDS: readonly number[] = [
  KIND_CODE.agent,
  KIND_CODE.function,
  KIND_CODE.custom,
  KIND_CODE.guardrail,
];

/** Judges each distinct name once: a million spans share a few hundred. */
function makePlainNames(spans: SpanTable): (row: number) => boolean {
  const { kind, name } = spans.columns;
  const known = new Map<number, boolean>();
  return (row) => {
    if (!NAMED_KINDS.includes(at(kind, row))) return false;
    const code = at(name, row);
    let plain = known.get(code);
    if (plain === undefined) {
      plain = code === 0 || PLAIN_NAME.test(spans.strings.at(code)?.trim() ?? '');
      known.set(code, plain);
    }
    return plain;
  };
}
