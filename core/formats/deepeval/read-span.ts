/** One span of deepeval as an item of our own shape. */
import {
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { readIsoUs } from '../../model/time.ts';
import { makeSpanItem } from '../foreign/span-item.ts';
import type { FineTime } from '../genai/fine-time.ts';
import { toMessages } from '../genai/message-shapes.ts';
import { settleUsage, type ForeignUsage } from '../genai/read-usage.ts';
import { some } from '../genai/some.ts';
import type { MessageCode } from '../messages.ts';

export const DEEPEVAL = 'deepeval';

export function readDeepevalSpan(raw: Json, traceId: string): JsonObject | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const spanId = stringAt(raw, 'uuid');
  if (spanId === undefined || spanId === '') return 'span-without-id';
  if (traceId === '') return 'span-without-trace-id';
  const parent = stringAt(raw, 'parentUuid');
  const used = readUsage(raw);
  const rest = Object.entries(raw).filter(([key, value]) => !READ.has(key) && value !== null);
  return makeSpanItem({
    traceId,
    spanId,
    parentId: parent === '' || parent === spanId ? undefined : parent,
    start: readTime(ownAt(raw, 'startTime')),
    end: readTime(ownAt(raw, 'endTime')),
    data: readData(raw, used?.usage),
    error: readError(raw),
    origin: {
      format: DEEPEVAL,
      ...some({ type: stringAt(raw, 'type'), name: stringAt(raw, 'name') }),
      attributes: Object.fromEntries(rest),
      ...(used?.accounting !== undefined && { accounting: { ...used.accounting } }),
    },
  });
}

const READ = new Set([
  'uuid',
  'parentUuid',
  'name',
  'type',
  'startTime',
  'endTime',
  'input',
  'output',
  'error',
  'model',
  'inputTokenCount',
  'outputTokenCount',
  'provider',
  'availableTools',
  'agentHandoffs',
]);

function readTime(value: Json | undefined): FineTime | undefined {
  const us = typeof value === 'string' ? readIsoUs(value) : Number.NaN;
  return Number.isNaN(us) ? undefined : { us, restNs: 0 };
}

function readError(raw: JsonObject): Json {
  const message = stringAt(raw, 'error');
  const failed = stringAt(raw, 'status') === 'ERRORED' || (message !== undefined && message !== '');
  return failed ? { message: message ?? 'The span failed.' } : null;
}

/** The count of cached tokens stands in the metadata; what OpenAI's SDK counts is inclusive. */
function readUsage(raw: JsonObject): ForeignUsage | undefined {
  const metadata = objectAt(raw, 'metadata') ?? {};
  return settleUsage(
    {
      input: numberAt(raw, 'inputTokenCount'),
      output: numberAt(raw, 'outputTokenCount'),
      total: undefined,
      cacheRead: numberAt(metadata, 'cached_input_tokens'),
      cacheWrite: undefined,
      // It writes the name so.
      reasoning:
        numberAt(metadata, 'ouptut_reasoning_tokens') ?? numberAt(metadata, 'output_reasoning_tokens'),
    },
    'inclusive',
  );
}

function readData(raw: JsonObject, usage: JsonObject | undefined): JsonObject {
  const name = stringAt(raw, 'name') ?? '';
  const input = ownAt(raw, 'input') ?? undefined;
  const output = ownAt(raw, 'output') ?? undefined;
  const metadata = objectAt(raw, 'metadata') ?? {};
  switch (stringAt(raw, 'type')) {
    case 'agent':
      return {
        type: 'agent',
        name,
        ...some({
          tools: ownAt(raw, 'availableTools') ?? undefined,
          handoffs: ownAt(raw, 'agentHandoffs') ?? undefined,
          output_type: stringAt(metadata, 'output_type'),
          input,
          output,
        }),
      };
    case 'llm':
      return {
        type: 'generation',
        ...some({
          model: stringAt(raw, 'model'),
          input: toMessages(input),
          output: toMessages(output),
          provider: stringAt(raw, 'provider')?.toLowerCase(),
          model_config: objectAt(metadata, 'invocation_params'),
          usage,
        }),
      };
    case 'tool':
      return {
        type: 'function',
        name,
        ...some({ input, output, description: stringAt(raw, 'description') }),
      };
    case 'retriever':
      return { type: 'custom', name, data: some({ subkind: 'retriever', input, output }) };
    default:
      return { type: 'custom', name, data: some({ subkind: 'unknown', input, output }) };
  }
}
