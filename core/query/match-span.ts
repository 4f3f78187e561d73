/** Whether a span is as the inside of `span(…)` asks, from its columns. */
import { assertNever, at } from '../model/assert.ts';
import { KIND_CODE, kindOf } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import { insideQuestion, numberQuestion, textQuestion, truthQuestion } from './match-values.ts';
import type { FieldCondition, QueryClock, QueryNode } from './query-tree.ts';

/** The spans of one trace, one row a span, with what the columns alone do not tell. */
export interface QuerySpans {
  readonly table: SpanTable;
  /** The agent that a row belongs to. */
  agentOf(row: number): string | undefined;
  /** What a row costs by itself; NaN where that is unknown. */
  costUsdOf(row: number): number;
}

export type SpanQuestion = (spans: QuerySpans, row: number) => boolean;

export function spanQuestion(node: QueryNode, clock: QueryClock): SpanQuestion {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = node.parts.map((part) => spanQuestion(part, clock));
      return (spans, row) => parts.every((part) => part(spans, row));
    }
    case 'or': {
      const parts = node.parts.map((part) => spanQuestion(part, clock));
      return (spans, row) => parts.some((part) => part(spans, row));
    }
    case 'not': {
      const part = spanQuestion(node.part, clock);
      return (spans, row) => !part(spans, row);
    }
    case 'text': {
      const question = insideQuestion(node.pattern);
      return ({ table }, row) => question(table.name(row));
    }
    case 'field':
      return fieldQuestion(node, clock);
    case 'span':
      throw new Error('a span has no spans');
    default:
      return assertNever(node);
  }
}

function fieldQuestion(condition: FieldCondition, clock: QueryClock): SpanQuestion {
  const { field, tests } = condition;
  if (field === 'error') {
    const question = truthQuestion(tests);
    return ({ table }, row) => question((at(table.columns.flags, row) & SpanFlag.error) !== 0);
  }
  const readText = textReader(field);
  if (readText !== undefined) {
    const question = textQuestion(tests);
    return (spans, row) => question(readText(spans, row));
  }
  const readNumber = numberReader(field);
  const question = numberQuestion(tests, clock);
  return (spans, row) => question(readNumber(spans, row));
}

function textReader(
  field: FieldCondition['field'],
): ((spans: QuerySpans, row: number) => string) | undefined {
  switch (field) {
    case 'kind':
      return ({ table }, row) => kindOf(at(table.columns.kind, row));
    case 'name':
      return ({ table }, row) => table.name(row);
    case 'tool':
      return ({ table }, row) => (table.columns.kind[row] === KIND_CODE.function ? table.name(row) : '');
    case 'agent':
      return (spans, row) => spans.agentOf(row) ?? '';
    case 'model':
      return ({ table }, row) => table.text('model', row) ?? '';
    case 'to':
      return ({ table }, row) => table.text('target', row) ?? '';
    case 'error_class':
      return ({ table }, row) => table.text('errorClass', row) ?? '';
    case 'id':
      return ({ table }, row) => table.spanId(row);
    default:
      return undefined;
  }
}

function numberReader(field: FieldCondition['field']): (spans: QuerySpans, row: number) => number {
  switch (field) {
    case 'started':
      return ({ table }, row) => at(table.columns.startUs, row);
    case 'duration':
      return ({ table: { columns } }, row) => at(columns.endUs, row) - at(columns.startUs, row);
    case 'cost':
      return (spans, row) => spans.costUsdOf(row);
    case 'tokens':
      return ({ table }, row) => totalOf(table, row);
    case 'tokens.input':
      return ({ table }, row) => known(at(table.columns.inputTokens, row));
    case 'tokens.output':
      return ({ table }, row) => known(at(table.columns.outputTokens, row));
    case 'tokens.cached':
      return ({ table }, row) => known(at(table.columns.cachedTokens, row));
    case 'tokens.reasoning':
      return ({ table }, row) => known(at(table.columns.reasoningTokens, row));
    default:
      throw new Error(`${field} is no field of spans`);
  }
}

/** Many reports tell the two sides and no sum. */
function totalOf({ columns }: SpanTable, row: number): number {
  const total = known(at(columns.totalTokens, row));
  return Number.isNaN(total)
    ? known(at(columns.inputTokens, row)) + known(at(columns.outputTokens, row))
    : total;
}

function known(count: number): number {
  return count < 0 ? Number.NaN : count;
}
