/** A span of the Agents SDK in the words of OpenTelemetry's GenAI conventions. */
import { findKind } from '../../model/kinds/registry.ts';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { SpanKind } from '../../model/span-kind.ts';
import { readRecordTimes, writeNanoseconds } from '../times.ts';
import { writeAttributes } from './write-attributes.ts';

const OPERATIONS: Readonly<Partial<Record<SpanKind, string>>> = {
  agent: 'invoke_agent',
  generation: 'chat',
  response: 'chat',
  function: 'execute_tool',
};

/** Undefined where the span has no start, without which OTLP has no span. */
export function writeOwnSpan(record: JsonObject, name: string, made: JsonObject): JsonObject | undefined {
  const { startUs, endUs } = readRecordTimes(record);
  if (Number.isNaN(startUs) || startUs < 0) return undefined;
  const data = objectAt(record, 'span_data') ?? {};
  const error = ownAt(record, 'error');
  return {
    name,
    kind: 1,
    startTimeUnixNano: writeNanoseconds(startUs, 0),
    ...(!Number.isNaN(endUs) && { endTimeUnixNano: writeNanoseconds(Math.max(endUs, startUs), 0) }),
    attributes: writeAttributes({ ...made, ...describe(data) }),
    ...(isJsonObject(error) && {
      status: { code: 2, message: stringAt(error, 'message') ?? '' },
    }),
  };
}

function describe(data: JsonObject): JsonObject {
  const definition = findKind(data);
  const { kind } = definition;
  const said = definition.describe(data);
  const operation = OPERATIONS[kind];
  const { input, output, rest } = splitContent(data);
  const isModel = kind === 'generation' || kind === 'response';
  const isTool = kind === 'function';
  return {
    ...(operation !== undefined && { 'gen_ai.operation.name': operation }),
    'tracebench.kind': kind,
    ...(said.agent !== undefined && { 'gen_ai.agent.name': said.agent }),
    ...(said.model !== undefined && { 'gen_ai.request.model': said.model }),
    ...(isTool && said.name !== undefined && { 'gen_ai.tool.name': said.name }),
    ...(said.usage?.input !== undefined && { 'gen_ai.usage.input_tokens': said.usage.input }),
    ...(said.usage?.output !== undefined && { 'gen_ai.usage.output_tokens': said.usage.output }),
    ...(said.usage?.cached !== undefined && { 'gen_ai.usage.cache_read.input_tokens': said.usage.cached }),
    ...(said.usage?.reasoning !== undefined && {
      'gen_ai.usage.reasoning.output_tokens': said.usage.reasoning,
    }),
    ...(input !== undefined && { [contentKey(isModel, isTool, 'input')]: textOf(input) }),
    ...(output !== undefined && { [contentKey(isModel, isTool, 'output')]: textOf(output) }),
    'tracebench.span_data': JSON.stringify(rest),
  };
}

function contentKey(isModel: boolean, isTool: boolean, side: 'input' | 'output'): string {
  if (isModel) return `gen_ai.${side}.messages`;
  if (isTool) return `gen_ai.tool.call.${side === 'input' ? 'arguments' : 'result'}`;
  return `${side}.value`;
}

function splitContent(data: JsonObject): {
  input: Json | undefined;
  output: Json | undefined;
  rest: JsonObject;
} {
  const { input, output, ...rest } = data;
  return { input: input ?? undefined, output: output ?? undefined, rest };
}

/** Attributes hold no structures that every backend takes, so messages travel as JSON. */
function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(isJsonList(value) ? value : [value]);
}
