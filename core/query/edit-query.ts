/**
 * Changes a query as facets, the histogram and clicked values do: one condition is put in, changed or taken out,
 * and the rest stays as it was written. Only what stands at the top, joined by and, is theirs to change.
 */
import type { EpochUs } from '../model/time.ts';
import type { FieldName } from './query-fields.ts';
import { ALL, type Comparison, type FieldCondition, type QueryClock, type QueryNode } from './query-tree.ts';
import { resolveComparison, resolveRange } from './resolve-time.ts';
import { writeMoment } from './write-moment.ts';

/** What must hold together; nothing for the empty query. */
export function conjunctsOf(tree: QueryNode): readonly QueryNode[] {
  if (tree.kind === 'all') return [];
  return tree.kind === 'and' ? tree.parts : [tree];
}

export function allOf(parts: readonly QueryNode[]): QueryNode {
  const flat = parts.flatMap(conjunctsOf);
  const [only] = flat;
  if (only === undefined) return ALL;
  return flat.length === 1 ? only : { kind: 'and', parts: flat };
}

/** The values that a field must have one of, where the query says it plainly: `status:failed,completed`. */
export function chosenValues(tree: QueryNode, field: FieldName): readonly string[] {
  const condition = findChoice(tree, field);
  return condition === undefined ? [] : literalsOf(condition);
}

/** Adds a value to those of a field, or takes it away. */
export function toggleValue(tree: QueryNode, field: FieldName, value: string): QueryNode {
  const condition = findChoice(tree, field);
  const values = condition === undefined ? [] : literalsOf(condition);
  const rest = values.filter((each) => each.toLowerCase() !== value.toLowerCase());
  const next = rest.length < values.length ? rest : [...values, value];
  const tests = next.map((each) => ({ kind: 'pattern', pattern: [each] }) as const);
  const changed: QueryNode = next.length === 0 ? ALL : { kind: 'field', field, key: '', tests };
  if (condition === undefined) return allOf([tree, changed]);
  return allOf(conjunctsOf(tree).map((part) => (part === condition ? changed : part)));
}

export function isAskedForErrors(tree: QueryNode): boolean {
  return conjunctsOf(tree).some(asksForErrors);
}

export function toggleErrors(tree: QueryNode): QueryNode {
  if (isAskedForErrors(tree)) return allOf(conjunctsOf(tree).filter((part) => !asksForErrors(part)));
  const tests = [{ kind: 'truth', is: true }] as const;
  return allOf([tree, { kind: 'field', field: 'error', key: '', tests }]);
}

function asksForErrors(node: QueryNode): boolean {
  if (node.kind !== 'field') return false;
  const [test] = node.tests;
  if (node.tests.length !== 1 || test === undefined) return false;
  if (node.field === 'error') return test.kind === 'truth' && test.is;
  // `errors>0` and `errors>=1`, as older links have them.
  if (node.field !== 'errors' || test.kind !== 'compare' || test.value.kind !== 'number') return false;
  const { amount } = test.value;
  return (test.comparison === '>' && amount === 0) || (test.comparison === '>=' && amount === 1);
}

export interface StartedRange {
  /** -Infinity and Infinity where an end is open. */
  readonly fromUs: EpochUs;
  readonly toUs: EpochUs;
}

/** The stretch of time that the query asks for; undefined where it asks for none, or for one that is not one stretch. */
export function startedRange(tree: QueryNode, clock: QueryClock): StartedRange | undefined {
  let range: StartedRange | undefined;
  for (const part of conjunctsOf(tree)) {
    if (part.kind !== 'field' || part.field !== 'started') continue;
    const [test] = part.tests;
    if (part.tests.length !== 1 || test === undefined) return undefined;
    let next: StartedRange;
    if (test.kind === 'compare' && test.value.kind === 'time') {
      next = resolveComparison(test.value.time, test.comparison, clock);
    } else if (test.kind === 'range' && test.from.kind === 'time' && test.to.kind === 'time') {
      next = resolveRange(test.from.time, test.to.time, clock);
    } else continue;
    range = {
      fromUs: Math.max(range?.fromUs ?? -Infinity, next.fromUs),
      toUs: Math.min(range?.toUs ?? Infinity, next.toUs),
    };
  }
  return range;
}

/** Puts a stretch in the place of all that the query said of times; undefined: any time. */
export function withStarted(tree: QueryNode, range: StartedRange | undefined, clock: QueryClock): QueryNode {
  const rest = conjunctsOf(tree).filter((part) => part.kind !== 'field' || part.field !== 'started');
  return allOf([...rest, ...(range === undefined ? [] : [startedWithin(range, clock)])]);
}

export function startedWithin({ fromUs, toUs }: StartedRange, clock: QueryClock): QueryNode {
  if (fromUs === -Infinity && toUs === Infinity) return ALL;
  if (fromUs === -Infinity) return startedTest('<', toUs, clock);
  if (toUs === Infinity) return startedTest('>=', fromUs, clock);
  const [from, to] = [writeMoment(fromUs, clock), writeMoment(toUs, clock)];
  return { kind: 'field', field: 'started', key: '', tests: [{ kind: 'range', from, to }] };
}

function startedTest(comparison: Comparison, us: EpochUs, clock: QueryClock): QueryNode {
  const tests = [{ kind: 'compare', comparison, value: writeMoment(us, clock) }] as const;
  return { kind: 'field', field: 'started', key: '', tests };
}

function findChoice(tree: QueryNode, field: FieldName): FieldCondition | undefined {
  return conjunctsOf(tree).find(
    (part): part is FieldCondition =>
      part.kind === 'field' &&
      part.field === field &&
      part.tests.every((test) => test.kind === 'pattern' && test.pattern.length === 1),
  );
}

function literalsOf({ tests }: FieldCondition): readonly string[] {
  return tests.flatMap((test) => (test.kind === 'pattern' ? [test.pattern.join('*')] : []));
}
