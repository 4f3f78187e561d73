/**
 * Whether a trace is as a query asks, trace by trace: the plain form of the question. The host and the command
 * line ask it so; the page's columns answer by another way (`core/store/match-rows.ts`) and a test holds them to this.
 */
import { assertNever } from '../model/assert.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { needsSpans } from './host-parts.ts';
import { metadataQuestion } from './match-metadata.ts';
import { spanQuestion, type QuerySpans } from './match-span.ts';
import {
  handoffQuestion,
  insideQuestion,
  numberQuestion,
  textQuestion,
  truthQuestion,
} from './match-values.ts';
import type { FieldCondition, QueryClock, QueryNode, ValueTest } from './query-tree.ts';
import { isNumberField, isTextField, numberOf, textsOf } from './read-field.ts';

/** What a summary does not tell, reckoned only where a query asks for it. */
export interface TraceFacts {
  /** NaN where nothing of the trace has a price. */
  costUsd(): number;
  /** Undefined where the spans are gone. */
  spans(): QuerySpans | undefined;
}

export type TraceQuestion = (trace: TraceSummary, facts: TraceFacts) => boolean;

export function matchesTrace(
  query: QueryNode,
  trace: TraceSummary,
  facts: TraceFacts & { readonly clock: QueryClock },
): boolean {
  return traceQuestion(query, facts.clock)(trace, facts);
}

/** The same for many traces: what can be made ready once is. */
export function traceQuestion(node: QueryNode, clock: QueryClock): TraceQuestion {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = cheapestFirst(node.parts).map((part) => traceQuestion(part, clock));
      return (trace, facts) => parts.every((part) => part(trace, facts));
    }
    case 'or': {
      const parts = cheapestFirst(node.parts).map((part) => traceQuestion(part, clock));
      return (trace, facts) => parts.some((part) => part(trace, facts));
    }
    case 'not': {
      const part = traceQuestion(node.part, clock);
      return (trace, facts) => !part(trace, facts);
    }
    case 'text': {
      const question = insideQuestion(node.pattern);
      return (trace) => searchedTexts(trace).some(question);
    }
    case 'span': {
      const question = spanQuestion(node.part, clock);
      return (_, facts) => hasSpan(facts.spans(), question);
    }
    case 'field':
      return fieldQuestion(node, clock);
    default:
      return assertNever(node);
  }
}

/** Spans are looked at only where the summary has not decided. */
function cheapestFirst(parts: readonly QueryNode[]): readonly QueryNode[] {
  return [...parts].sort((a, b) => Number(needsSpans(a)) - Number(needsSpans(b)));
}

/** Where words without a field are looked for. */
function searchedTexts({ workflowName, id, groupId, agents, models }: TraceSummary): readonly string[] {
  return [workflowName, id, groupId ?? '', ...agents, ...models];
}

function hasSpan(
  spans: QuerySpans | undefined,
  question: (spans: QuerySpans, row: number) => boolean,
): boolean {
  for (let row = 0; spans !== undefined && row < spans.table.length; row++) {
    if (question(spans, row)) return true;
  }
  return false;
}

function fieldQuestion(condition: FieldCondition, clock: QueryClock): TraceQuestion {
  const { field, key, tests } = condition;
  switch (field) {
    case 'error': {
      const question = truthQuestion(tests);
      return ({ errors }) => question(errors > 0);
    }
    case 'handoff': {
      const question = handoffQuestion(tests);
      return ({ handoffs }) => handoffs.some(([from, to]) => question(from, to));
    }
    case 'metadata': {
      const question = metadataQuestion(key, tests, clock);
      return ({ metadata }) => question(metadata);
    }
    case 'cost': {
      const question = numberQuestion(tests, clock);
      return (_, facts) => question(facts.costUsd());
    }
    default:
      return isTextField(field) ? textsQuestion(field, tests) : amountQuestion(field, tests, clock);
  }
}

function textsQuestion(field: Parameters<typeof textsOf>[1], tests: readonly ValueTest[]): TraceQuestion {
  const question = textQuestion(tests);
  return (trace) => {
    const texts = textsOf(trace, field);
    return texts.length === 0 ? question('') : texts.some(question);
  };
}

function amountQuestion(
  field: FieldCondition['field'],
  tests: readonly ValueTest[],
  clock: QueryClock,
): TraceQuestion {
  if (!isNumberField(field)) throw new Error(`${field} is no field of traces`);
  const question = numberQuestion(tests, clock);
  return (trace) => question(numberOf(trace, field));
}
