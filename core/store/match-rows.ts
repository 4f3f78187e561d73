/**
 * Which rows a query is true of, from the columns of the list: one pass a condition. Parts that the columns
 * cannot answer are the host's, and its answers are joined in as they come.
 */
import { assertNever } from '../model/assert.ts';
import { isAskedOfHost } from '../query/host-parts.ts';
import { insideQuestion, numberQuestion, textQuestion, truthQuestion } from '../query/match-values.ts';
import type { FieldCondition, Pattern, QueryClock, QueryNode } from '../query/query-tree.ts';
import { writeQuery } from '../query/write-query.ts';
import { COST_IS, type RowCosts } from './row-costs.ts';
import { STATUS_CODES, type SummaryColumnName } from './summary-column-types.ts';
import type { SummaryColumns } from './summary-columns.ts';
import { TraceIdForm } from './trace-id-words.ts';

/** What the host says of a row: nothing yet, no, or yes. */
export const HOST_SAYS = { nothing: 0, no: 1, yes: 2 } as const;

export interface MatchContext {
  readonly clock: QueryClock;
  /** By row; undefined where the host was never asked. The text is the part of the query. */
  readonly answerOf: (part: string) => Uint8Array | undefined;
  /** What the host has told of costs; absent: nothing. */
  readonly costs?: RowCosts;
}

/** 1 for each row it is true of. Rows that the host has not told of yet are not, whatever stands before the part. */
export function matchRows(
  traces: SummaryColumns,
  node: QueryNode,
  context: MatchContext,
  isNegated = false,
): Uint8Array {
  switch (node.kind) {
    case 'all':
      return new Uint8Array(traces.rows).fill(1);
    case 'and':
    case 'or':
      return joinRows(
        node.kind,
        node.parts.map((part) => matchRows(traces, part, context, isNegated)),
      );
    case 'not': {
      const rows = matchRows(traces, node.part, context, !isNegated);
      for (let row = 0; row < rows.length; row++) rows[row] = rows[row] === 0 ? 1 : 0;
      return rows;
    }
    case 'text':
      return matchText(traces, node.pattern);
    case 'span':
      return hostRows(traces, node, context, isNegated);
    case 'field':
      if (node.field === 'cost') return matchCost(traces, node, context, isNegated);
      return isAskedOfHost(node)
        ? hostRows(traces, node, context, isNegated)
        : matchField(traces, node, context.clock);
    default:
      return assertNever(node);
  }
}

function joinRows(kind: 'and' | 'or', parts: readonly Uint8Array[]): Uint8Array {
  const [joined = new Uint8Array(), ...others] = parts;
  for (const other of others) {
    for (let row = 0; row < joined.length; row++) {
      const [a = 0, b = 0] = [joined[row], other[row]];
      joined[row] = kind === 'and' ? a & b : a | b;
    }
  }
  return joined;
}

function hostRows(
  traces: SummaryColumns,
  node: QueryNode,
  { answerOf }: MatchContext,
  isNegated: boolean,
): Uint8Array {
  const said = answerOf(writeQuery(node));
  const whereUnknown = Number(isNegated);
  const rows = new Uint8Array(traces.rows);
  for (let row = 0; row < rows.length; row++) {
    const says = said?.[row] ?? HOST_SAYS.nothing;
    rows[row] = says === HOST_SAYS.nothing ? whereUnknown : Number(says === HOST_SAYS.yes);
  }
  return rows;
}

/** A stale figure holds until the new one comes. */
function matchCost(
  traces: SummaryColumns,
  { tests }: FieldCondition,
  { clock, costs }: MatchContext,
  isNegated: boolean,
): Uint8Array {
  const question = numberQuestion(tests, clock);
  return byRow(traces, (row) => {
    if (costs === undefined || costs.stateOf(row) === COST_IS.unknown) return isNegated;
    return question(costs.usd[row] ?? Number.NaN);
  });
}

function matchField(traces: SummaryColumns, { field, tests }: FieldCondition, clock: QueryClock): Uint8Array {
  const { columns, names, lists, ids } = traces;
  switch (field) {
    case 'status':
      return byCode(traces, columns.status, STATUS_CODES.map(textQuestion(tests)));
    case 'workflow':
      return byCode(traces, columns.workflow, names.texts().map(textQuestion(tests)));
    case 'group':
      return byCode(traces, columns.group, ids.texts().map(textQuestion(tests)));
    case 'agent':
    case 'model':
    case 'source':
    case 'format': {
      const question = textQuestion(tests);
      const among = names.texts().map((name) => question(name));
      const inLists = lists
        .all()
        .map((codes) => (codes.length === 0 ? question('') : codes.some((code) => among[code] === true)));
      return byCode(traces, columns[LIST_COLUMNS[field]], inLists);
    }
    case 'id': {
      const question = textQuestion(tests);
      return byRow(traces, (row) => columns.idForm[row] !== 0 && question(traces.idAt(row)));
    }
    case 'error': {
      const question = truthQuestion(tests);
      return byRow(traces, (row) => question(columns.errors[row] !== 0));
    }
    case 'started':
    case 'duration':
    case 'spans':
    case 'errors':
    case 'tokens':
    case 'tokens.input':
    case 'tokens.output':
    case 'tokens.cached':
    case 'tokens.reasoning': {
      const question = numberQuestion(tests, clock);
      const column = columns[NUMBER_COLUMNS[field]];
      const unit = field === 'duration' ? 1000 : 1;
      return byRow(traces, (row) => question((column[row] ?? Number.NaN) * unit));
    }
    default:
      throw new Error(`no column tells ${field}`);
  }
}

const LIST_COLUMNS = {
  agent: 'agents',
  model: 'models',
  source: 'origins',
  format: 'sources',
} as const satisfies Record<string, SummaryColumnName>;

const NUMBER_COLUMNS = {
  started: 'startedUs',
  duration: 'durationMs',
  spans: 'spans',
  errors: 'errors',
  tokens: 'totalTokens',
  'tokens.input': 'inputTokens',
  'tokens.output': 'outputTokens',
  'tokens.cached': 'cachedTokens',
  'tokens.reasoning': 'reasoningTokens',
} as const satisfies Record<string, SummaryColumnName>;

/** `passes`: by code, what the table of texts says. */
function byCode({ rows }: SummaryColumns, column: ArrayLike<number>, passes: readonly boolean[]): Uint8Array {
  const byte = Uint8Array.from(passes, Number);
  const matched = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) matched[row] = byte[column[row] ?? 0] ?? 0;
  return matched;
}

function byRow({ rows }: SummaryColumns, passes: (row: number) => boolean): Uint8Array {
  const matched = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) if (passes(row)) matched[row] = 1;
  return matched;
}

/** `trace_`, hex digits and the dashes of a UUID. */
const OF_PACKED_IDS = /^[-_0-9a-frt]*$/;

/** Words without a field: in workflow, agents, models, group or id. A search of contents would join here. */
function matchText(traces: SummaryColumns, pattern: Pattern): Uint8Array {
  const { columns, names, lists, ids } = traces;
  const question = insideQuestion(pattern);
  const inNames = names.texts().map(question);
  const inIds = ids.texts().map(question);
  const inLists = lists.all().map((codes) => codes.some((code) => inNames[code] === true));
  // Writing out an id is the costly part: most words cannot stand in one.
  const mayBeDigits = pattern.every((piece) => OF_PACKED_IDS.test(piece.toLowerCase()));
  return byRow(traces, (row) => {
    if (inNames[columns.workflow[row] ?? 0] === true || inIds[columns.group[row] ?? 0] === true) return true;
    if (inLists[columns.agents[row] ?? 0] === true || inLists[columns.models[row] ?? 0] === true) return true;
    if (columns.idForm[row] === TraceIdForm.text) return inIds[columns.idA[row] ?? 0] === true;
    return mayBeDigits && columns.idForm[row] !== TraceIdForm.none && question(traces.idAt(row));
  });
}
