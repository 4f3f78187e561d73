/** Judges what a plugin answered: shape, sizes, and that every id leads to a trace that was looked at. */
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import type { PluginResult } from './results.ts';

/** How much a result may hold; a text longer than that is no label any more. */
export const RESULT_SIZES = {
  rows: 10_000,
  columns: 50,
  points: 10_000,
  nodes: 1000,
  edges: 10_000,
  marks: 10_000,
  values: 100_000,
  spanIds: 100,
  label: 1000,
  markdown: 100_000,
} as const;

/** Knows what was looked at. */
export interface KnownIds {
  hasTrace(traceId: string): boolean;
  hasSpan(traceId: string, spanId: string): boolean;
}

export type CheckedResult =
  | { readonly kind: 'result'; readonly result: PluginResult }
  | { readonly kind: 'fault'; readonly fault: string };

export function checkResult(value: Json, known: KnownIds): CheckedResult {
  const fault = findResultFault(value, known);
  // The shape was looked at field by field.
  return fault === undefined
    ? { kind: 'result', result: value as unknown as PluginResult }
    : { kind: 'fault', fault };
}

function findResultFault(value: Json, known: KnownIds): string | undefined {
  if (!isJsonObject(value)) return 'A result is to be an object with a "kind".';
  const kind = stringAt(value, 'kind') ?? '';
  const check = Object.hasOwn(CHECKS, kind) ? CHECKS[kind] : undefined;
  if (check === undefined) {
    return `A result is of a kind that is not known; there is ${Object.keys(CHECKS).join(', ')}.`;
  }
  const fault = check(value, known);
  return fault === undefined ? undefined : `The ${kind} ${fault}`;
}

type Check = (value: JsonObject, known: KnownIds) => string | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  table: (value, known) =>
    findListFault(value, 'columns', RESULT_SIZES.columns, isColumn) ??
    findListFault(value, 'rows', RESULT_SIZES.rows, isJsonList) ??
    findRowFault(listAt(value, 'columns'), listAt(value, 'rows'), known),
  series: (value) =>
    value.shape === 'bar' || value.shape === 'line'
      ? findListFault(value, 'points', RESULT_SIZES.points, isPoint)
      : 'has a "shape" that is neither bar nor line.',
  graph: (value) =>
    findListFault(value, 'nodes', RESULT_SIZES.nodes, isLabel) ??
    findListFault(value, 'edges', RESULT_SIZES.edges, isEdge) ??
    findEdgeFault(value),
  markdown: ({ text }) =>
    typeof text === 'string' && text.length <= RESULT_SIZES.markdown
      ? undefined
      : `is to have a "text" of at most ${RESULT_SIZES.markdown} characters.`,
  annotations: (value, known) =>
    findListFault(value, 'marks', RESULT_SIZES.marks, isMark) ??
    listAt(value, 'marks')
      .map((mark) => findIdFault(known, textAt(mark, 'traceId'), [textAt(mark, 'spanId')]))
      .find((fault) => fault !== undefined),
  flame: (value, known) =>
    (isLabel(value.unit) ? undefined : 'is to have a "unit".') ??
    findListFault(value, 'values', RESULT_SIZES.values, isValue) ??
    findIdFault(
      known,
      textAt(value, 'traceId'),
      listAt(value, 'values').map((each) => textAt(each, 'spanId')),
    ),
  alert: findAlertFault,
};

function findAlertFault(value: JsonObject, known: KnownIds): string | undefined {
  const { code, message, advice } = value;
  if (typeof code !== 'string' || !/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(code))
    return 'is to have a "code" in kebab case.';
  if (!isSeverity(value.severity)) return 'is to have a "severity": info, warning or error.';
  if (!isLabel(message)) return `is to have a "message" of 1 to ${RESULT_SIZES.label} characters.`;
  if (advice !== undefined && !isLabel(advice))
    return `has an "advice" that is no text of 1 to ${RESULT_SIZES.label} characters.`;
  if (value.spanIds !== undefined) {
    const fault = findListFault(value, 'spanIds', RESULT_SIZES.spanIds, isLabel);
    if (fault !== undefined) return fault;
  }
  const spanIds = listAt(value, 'spanIds').map((id) => (typeof id === 'string' ? id : ''));
  return findIdFault(known, textAt(value, 'traceId'), spanIds);
}

function findListFault(
  value: JsonObject,
  name: string,
  most: number,
  fits: (item: Json) => boolean,
): string | undefined {
  const list = ownAt(value, name);
  if (!isJsonList(list)) return `is to have a list "${name}".`;
  if (list.length > most) return `has ${list.length} in "${name}", and ${most} are allowed.`;
  const wrong = list.findIndex((item) => !fits(item));
  return wrong < 0 ? undefined : `has something in "${name}" at place ${wrong} that does not belong there.`;
}

function findRowFault(columns: readonly Json[], rows: readonly Json[], known: KnownIds): string | undefined {
  const types = columns.map((column) => textAt(column, 'type'));
  for (const [place, row] of rows.entries()) {
    const cells = isJsonList(row) ? row : [];
    if (cells.length !== types.length)
      return `has ${cells.length} cells in row ${place} and ${types.length} columns.`;
    const wrong = cells.findIndex((cell, i) => !fitsCell(cell, types[i]));
    if (wrong >= 0) return `has a cell in row ${place} that is no ${String(types[wrong])}.`;
    const stray = cells.find(
      (cell, i) => types[i] === 'trace' && typeof cell === 'string' && !known.hasTrace(cell),
    );
    if (stray !== undefined) return `leads to a trace in row ${place} that was not looked at.`;
  }
  return undefined;
}

function fitsCell(cell: Json, type: string | undefined): boolean {
  if (cell === null) return true;
  if (type === 'number') return typeof cell === 'number';
  if (type === 'trace') return typeof cell === 'string';
  return (
    typeof cell === 'number' ||
    typeof cell === 'boolean' ||
    (typeof cell === 'string' && cell.length <= RESULT_SIZES.label)
  );
}

function findEdgeFault(value: JsonObject): string | undefined {
  const nodes = new Set(listAt(value, 'nodes'));
  const isStray = (edge: Json): boolean => !nodes.has(textAt(edge, 'from')) || !nodes.has(textAt(edge, 'to'));
  return listAt(value, 'edges').some(isStray)
    ? 'has an edge to something that is not among its nodes.'
    : undefined;
}

function findIdFault(known: KnownIds, traceId: string, spanIds: readonly string[]): string | undefined {
  if (!known.hasTrace(traceId)) return 'is about a trace that was not looked at.';
  return spanIds.every((id) => known.hasSpan(traceId, id))
    ? undefined
    : 'is about a span that is not in its trace.';
}

const isLabel = (value: Json | undefined): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= RESULT_SIZES.label;
const isSeverity = (value: Json | undefined): boolean =>
  value === 'info' || value === 'warning' || value === 'error';
const isNumber = (value: Json | undefined): boolean => typeof value === 'number';

const isColumn = (item: Json): boolean =>
  isJsonObject(item) &&
  isLabel(item.key) &&
  ['text', 'number', 'trace'].includes(textAt(item, 'type')) &&
  (item.unit === undefined || isLabel(item.unit));
const isPoint = (item: Json): boolean =>
  isJsonObject(item) && (isLabel(item.x) || isNumber(item.x)) && isNumber(item.y);
const isEdge = (item: Json): boolean =>
  isJsonObject(item) && isLabel(item.from) && isLabel(item.to) && isNumber(item.weight);
const isMark = (item: Json): boolean =>
  isJsonObject(item) && isLabel(item.badge) && isLabel(item.text) && isSeverity(item.severity);
const isValue = (item: Json): boolean => isJsonObject(item) && isNumber(item.value);

function listAt(value: JsonObject, name: string): readonly Json[] {
  const list = ownAt(value, name);
  return isJsonList(list) ? list : [];
}

function textAt(value: Json, name: string): string {
  const text = isJsonObject(value) ? ownAt(value, name) : undefined;
  return typeof text === 'string' ? text : '';
}
