/**
 * What kind of span it is, by 26 ordered rules; the first that matches decides, and its number is kept with the
 * span. The order is that of the field: what names a handoff, then what names its own kind, then what only
 * hints at one. Rule 0, our own shape, needs no table.
 */
import type { SpanKind } from '../../model/span-kind.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { matchHint } from './kind-hints.ts';
import { matchHandoff } from './handoff-rules.ts';
import { KIND_TABLES, type KindMatch } from './kind-tables.ts';
import { matchFrameworkKind } from './framework-kinds.ts';

export interface MatchedRule extends KindMatch {
  readonly rule: number;
}

type Test = (attributes: Attributes, span: AttributedSpan) => KindMatch | undefined;

/** Looks the attribute's value up in its table, by lower case. */
function table(rule: keyof typeof KIND_TABLES): Test {
  const { keys, kinds } = KIND_TABLES[rule];
  return (attributes) => {
    const value = attributes
      .text(...keys)
      ?.replace(/^"|"$/g, '')
      .toLowerCase();
    return value === undefined ? undefined : kinds.get(value);
  };
}

const mcp =
  (method: string, kind: SpanKind): Test =>
  (attributes) =>
    attributes.text('mcp.method.name') === method ? { kind } : undefined;

/** `words`: without an attribute that begins with one of them the rule cannot match; none where the name alone may do. */
const RULES: readonly (readonly [rule: number, test: Test, words?: readonly string[]])[] = [
  [1, matchHandoff[1], ['traceloop', 'gen_ai']],
  [2, matchHandoff[2], ['from_agent', 'to_agent']],
  [3, matchHandoff[3], ['openinference']],
  [4, matchHandoff[4], ['logfire']],
  [5, matchHandoff[5], ['langgraph']],
  [6, matchFrameworkKind[6]],
  [7, mcp('tools/call', 'function'), ['mcp']],
  [8, table(8), ['openinference']],
  [9, table(9), ['langfuse']],
  [10, matchFrameworkKind[10], ['gen_ai']],
  [11, table(11), ['mlflow']],
  [12, matchFrameworkKind[12], ['langsmith']],
  [13, table(13), ['traceloop']],
  [14, table(14), ['llm']],
  [15, matchFrameworkKind[15], ['ai', 'operation']],
  [16, table(16), ['agentops']],
  [17, table(17), ['lmnr']],
  [18, matchFrameworkKind[18], ['logfire']],
  [19, matchFrameworkKind[19]],
  [20, matchFrameworkKind[20]],
  [21, matchFrameworkKind[21]],
  [22, matchHint[22]],
  [23, matchHint[23]],
  [24, matchHint[24]],
  [25, matchHint[25]],
  [26, matchHint[26]],
];

/** Always finds one: the last rule takes everything. */
export function matchKind(attributes: Attributes, span: AttributedSpan): MatchedRule {
  for (const [rule, test, words] of RULES) {
    if (words !== undefined && !attributes.hasWord(words)) continue;
    const match = test(attributes, span);
    if (match !== undefined) return { rule, ...match };
  }
  return { rule: 25, kind: 'custom', subkind: 'unknown' };
}
