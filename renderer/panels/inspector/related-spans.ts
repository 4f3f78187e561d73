/** The spans around a span that a reader asks for next: what made it, where it led, what came before it. */
import { at } from '../../../core/model/assert.ts';
import { KIND_CODE, kindOf, type SpanKind } from '../../../core/model/span-kind.ts';
import type { FlameModel } from '../../charts/flame/model.ts';
import { agentOf } from './agent-of.ts';

export interface RelatedSpan {
  /** In what way it is related: `handed to`, `decided by`. */
  readonly way: string;
  readonly row: number;
}

const NONE = -1;

/** Rows from the top down to the span, the span included. */
export function findPath({ tree }: FlameModel, row: number): readonly number[] {
  const path: number[] = [];
  for (let span = row; span >= 0; span = at(tree.parent, span)) path.push(span);
  return path.reverse();
}

/** The first children in order of time, and how many there are in all. */
export function findChildren(
  { tree }: FlameModel,
  row: number,
  most: number,
): { readonly rows: readonly number[]; readonly count: number } {
  const rows: number[] = [];
  let count = 0;
  for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
    if (count++ < most) rows.push(child);
  }
  return { rows, count };
}

/** The last call of a model of the same agent that began before this one, -1 for none. */
export function findCallBefore(model: FlameModel, row: number): number {
  const agent = agentOf(model, row);
  return findLatest(model, row, (other) => isCall(kindAt(model, other)) && agentOf(model, other) === agent);
}

/** By the kind of the span; empty where nothing is known. */
export function findRelated(model: FlameModel, row: number): readonly RelatedSpan[] {
  const kind = kindAt(model, row);
  const related: RelatedSpan[] = [];
  const add = (way: string, found: number): void => {
    if (found !== NONE) related.push({ way, row: found });
  };
  if (kind === 'handoff') {
    add('Decided by', findDecision(model, row));
    add('Handed to', findReached(model, row));
  } else if (kind === 'function' || kind === 'mcp_tools') {
    add('Called by', findDecision(model, row));
    add('Handoff', findHandoffTo(model, row));
  } else if (kind === 'agent') {
    add('Reached by', findArrival(model, row));
  } else if (isCall(kind)) {
    add('Call before', findCallBefore(model, row));
    add('Handoff', findHandoffTo(model, row));
  }
  return related;
}

function isCall(kind: SpanKind): boolean {
  return kind === 'generation' || kind === 'response';
}

function kindAt({ table }: FlameModel, row: number): SpanKind {
  return kindOf(at(table.columns.kind, row));
}

/** The call of a model among the earlier spans around it, nearest first: its words asked for this span. */
function findDecision(model: FlameModel, row: number): number {
  const { tree, table } = model;
  const startUs = at(table.columns.startUs, row);
  for (let around = at(tree.parent, row); around >= 0; around = at(tree.parent, around)) {
    let found = NONE;
    for (let child = at(tree.firstChild, around); child >= 0; child = at(tree.nextSibling, child)) {
      if (child === row || at(table.columns.startUs, child) > startUs) break;
      if (isCall(kindAt(model, child))) found = child;
    }
    if (found !== NONE) return found;
    if (kindAt(model, around) === 'agent') return NONE;
  }
  return NONE;
}

/** The first run of the agent that a handoff names, from the handoff on. */
function findReached(model: FlameModel, row: number): number {
  const { table } = model;
  const target = table.columns.target[row] ?? 0;
  const fromUs = at(table.columns.startUs, row);
  let found = NONE;
  let foundUs = Infinity;
  for (let other = 0; other < table.length; other++) {
    const startUs = at(table.columns.startUs, other);
    const fits = table.columns.kind[other] === KIND_CODE.agent && table.columns.name[other] === target;
    if (target === 0 || !fits || !(startUs >= fromUs && startUs < foundUs)) continue;
    found = other;
    foundUs = startUs;
  }
  return found;
}

/** The handoff that led to a run of an agent: the last one to it before it began. */
function findArrival(model: FlameModel, row: number): number {
  const { kind, target, name } = model.table.columns;
  const own = name[row];
  return findLatest(model, row, (other) => kind[other] === KIND_CODE.handoff && target[other] === own);
}

/** The handoff that led to the agent whose span this is. */
function findHandoffTo(model: FlameModel, row: number): number {
  let agent = row;
  while (agent >= 0 && kindAt(model, agent) !== 'agent') agent = at(model.tree.parent, agent);
  return agent < 0 ? NONE : findArrival(model, agent);
}

/** The span that fits and began last before this one. Looked for from the end: most began in their order. */
function findLatest({ table }: FlameModel, row: number, fits: (other: number) => boolean): number {
  const { startUs } = table.columns;
  const before = at(startUs, row);
  let found = NONE;
  let foundUs = -Infinity;
  for (let other = table.length - 1; other >= 0; other--) {
    const otherUs = at(startUs, other);
    const isEarlier = otherUs < before || (otherUs === before && other < row);
    if (!isEarlier || otherUs <= foundUs || !fits(other)) continue;
    found = other;
    foundUs = otherUs;
  }
  return found;
}
