/**
 * The runs of agents in a trace. A visit is one agent span; everything below it, up to the next agent span,
 * is its own: the tools it called, the errors it had.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';
import type { SpanTree } from './span-tree.ts';

/** The calls of one tool. Rows are kept so that a figure leads to its spans. */
export interface ToolUse {
  readonly calls: number;
  readonly errors: number;
  readonly firstRow: number;
  /** -1: none failed. */
  readonly firstErrorRow: number;
}

export interface AgentVisit {
  /** The agent span. */
  readonly row: number;
  /** Code of the agent's name in the table's strings; 0: it has none. */
  readonly name: number;
  /** NaN where unknown. */
  readonly startUs: EpochUs;
  /** NaN while it runs. */
  readonly endUs: EpochUs;
  readonly open: boolean;
  /** The visit whose span stands above, -1 for none. */
  readonly above: number;
  /** The function span through which the visit above called it, -1 for none. */
  readonly tool: number;
  /** Own spans with an error, the agent span included. */
  errors: number;
  /** -1: none. */
  firstErrorRow: number;
  /** By the code of the tool's name. */
  readonly tools: Map<number, ToolUse>;
}

export interface AgentVisits {
  /** By start; a visit without a start stands last. */
  readonly visits: readonly AgentVisit[];
  /** The visit that a span belongs to, -1 for none; by row. */
  readonly visitOf: Int32Array;
}

const NONE = -1;

/** `spans` are folded and linked. */
export function computeAgentVisits(spans: SpanTable, tree: SpanTree): AgentVisits {
  const { kind } = spans.columns;
  const visitOf = new Int32Array(spans.length).fill(NONE);
  // The nearest function span above or at a row, inside the visit that the row belongs to.
  const toolOf = new Int32Array(spans.length).fill(NONE);
  const found: AgentVisit[] = [];
  for (const row of tree.preorder) {
    const parent = at(tree.parent, row);
    const above = parent < 0 ? NONE : at(visitOf, parent);
    const tool = parent < 0 ? NONE : at(toolOf, parent);
    const isAgent = kind[row] === KIND_CODE.agent;
    if (isAgent && !isSameRun(spans, row, above < 0 ? undefined : at(found, above), tool)) {
      visitOf[row] = found.push(makeVisit(spans, row, above, tool)) - 1;
    } else {
      visitOf[row] = above;
      toolOf[row] = kind[row] === KIND_CODE.function ? row : tool;
    }
    const visit = at(visitOf, row);
    if (visit >= 0) addSpan(spans, row, at(found, visit));
  }
  return sortVisits(found, visitOf);
}

/** An agent span directly below one of the same name is a wrapper of a framework, not a second run. */
function isSameRun(spans: SpanTable, row: number, above: AgentVisit | undefined, tool: number): boolean {
  return above !== undefined && tool < 0 && above.name !== 0 && above.name === spans.columns.agent[row];
}

function makeVisit(spans: SpanTable, row: number, above: number, tool: number): AgentVisit {
  const { agent, startUs, endUs, flags } = spans.columns;
  return {
    row,
    name: at(agent, row),
    startUs: at(startUs, row),
    endUs: at(endUs, row),
    open: (at(flags, row) & SpanFlag.ended) === 0,
    above,
    tool,
    errors: 0,
    firstErrorRow: NONE,
    tools: new Map(),
  };
}

function addSpan(spans: SpanTable, row: number, visit: AgentVisit): void {
  const { kind, name, flags } = spans.columns;
  const failed = (at(flags, row) & SpanFlag.error) !== 0;
  if (failed) {
    visit.errors++;
    if (visit.firstErrorRow < 0) visit.firstErrorRow = row;
  }
  if (kind[row] !== KIND_CODE.function) return;
  visit.tools.set(at(name, row), addCall(visit.tools.get(at(name, row)), row, failed));
}

function addCall(known: ToolUse | undefined, row: number, failed: boolean): ToolUse {
  const { calls = 0, errors = 0, firstRow = row, firstErrorRow = NONE } = known ?? {};
  return {
    calls: calls + 1,
    errors: errors + Number(failed),
    firstRow,
    firstErrorRow: failed && firstErrorRow < 0 ? row : firstErrorRow,
  };
}

/** Puts visits in order of time and points everything that names one at its new place. */
function sortVisits(found: readonly AgentVisit[], visitOf: Int32Array): AgentVisits {
  const order = found.map((_, i) => i);
  order.sort((a, b) => compareStarts(at(found, a).startUs, at(found, b).startUs) || a - b);
  const place = new Int32Array(found.length);
  order.forEach((from, to) => (place[from] = to));
  for (let row = 0; row < visitOf.length; row++) {
    const visit = at(visitOf, row);
    if (visit >= 0) visitOf[row] = at(place, visit);
  }
  const visits = order.map((from) => {
    const visit = at(found, from);
    return visit.above < 0 ? visit : { ...visit, above: at(place, visit.above) };
  });
  return { visits, visitOf };
}

/** An unknown start stands last. */
export function compareStarts(a: EpochUs, b: EpochUs): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
