/** What a call of a model says of itself beside its messages: provider, settings, usage, cost. */
import { readRecordedFacts } from '../../../core/analysis/recorded-facts.ts';
import type { CacheAccounting } from '../../../core/model/cache-accounting.ts';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../../core/model/json.ts';
import { readUsage, type Usage } from '../../../core/model/usage.ts';

export interface CallFacts {
  readonly provider: string | undefined;
  readonly responseId: string | undefined;
  readonly finish: string | undefined;
  readonly firstTokenMs: number | undefined;
  /** Settings of the call as the wire has them, without those that were left unset. */
  readonly settings: readonly (readonly [name: string, value: Json])[];
  readonly tools: number;
  readonly usage: Usage | undefined;
  /** How the cached part was counted, where that had to be found out. */
  readonly counted: string | undefined;
  /** US dollars as the trace's own tool reckoned them, and where it said so. */
  readonly cost: { readonly usd: number; readonly from: string } | undefined;
}

/** Settings that the Responses API sends back with the answer. */
const ECHOED = [
  'temperature',
  'top_p',
  'max_output_tokens',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'service_tier',
  'truncation',
] as const;

export function readCallFacts(record: JsonObject): CallFacts {
  const data = objectAt(record, 'span_data') ?? {};
  const { cost, firstTokenMs, accounting } = readRecordedFacts(record);
  const response = objectAt(data, 'response') ?? objectAt(data, '_response') ?? {};
  const tools = ownAt(data, 'tools') ?? ownAt(response, 'tools');
  return {
    provider: stringAt(data, 'provider'),
    responseId: stringAt(data, 'response_id') ?? stringAt(response, 'id'),
    finish: stringAt(data, 'finish_reason') ?? readStatus(response),
    firstTokenMs,
    settings: readSettings(data, response),
    tools: isJsonList(tools) ? tools.length : 0,
    usage:
      readUsage(ownAt(data, 'usage')) ??
      readUsage(ownAt(response, 'usage')) ??
      readUsage(ownAt(data, 'aggregate_usage')),
    counted: accounting === undefined ? undefined : describeAccounting(accounting),
    cost: cost === undefined ? undefined : { usd: cost.usd, from: cost.from || 'the trace' },
  };
}

function readStatus(response: JsonObject): string | undefined {
  const reason = stringAt(objectAt(response, 'incomplete_details') ?? {}, 'reason');
  return reason ?? stringAt(response, 'status');
}

function readSettings(data: JsonObject, response: JsonObject): CallFacts['settings'] {
  const own = Object.entries(objectAt(data, 'model_config') ?? {});
  const echoed = ECHOED.map((name): [string, Json] => [name, ownAt(response, name) ?? null]);
  const settings = own.length > 0 ? own : echoed;
  return settings.filter(([, value]) => value !== null && !isEmpty(value));
}

function isEmpty(value: Json): boolean {
  if (isJsonList(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every((each) => each === null);
}

function describeAccounting({ mode, reason }: CacheAccounting): string {
  const how =
    mode === 'exclusive'
      ? 'The cache was reported beside the input and was added to it'
      : 'The cache was reported as part of the input';
  return reason === '' ? `${how}.` : `${how}: ${reason}.`;
}
