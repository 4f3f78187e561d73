/** Tokens of a LangSmith run, wherever its writer put them: LangChain's messages, a model's own answer, the API's sums. */
import {
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { settleUsage, type ForeignUsage } from '../genai/read-usage.ts';

export interface RunUsage {
  readonly tokens: ForeignUsage | undefined;
  /** US dollars, as LangSmith or the program reckoned them. */
  readonly totalCost: number | undefined;
}

export function readRunUsage(run: JsonObject): RunUsage {
  const said = findUsage(run);
  return { tokens: settle(said), totalCost: numberOf(said, 'total_cost') ?? numberOf(run, 'total_cost') };
}

function findUsage(run: JsonObject): JsonObject {
  const outputs = objectAt(run, 'outputs') ?? {};
  const metadata = objectAt(objectAt(run, 'extra') ?? {}, 'metadata') ?? {};
  const llm = objectAt(outputs, 'llm_output') ?? objectAt(outputs, 'llmOutput') ?? {};
  return (
    objectAt(outputs, 'usage_metadata') ??
    objectAt(metadata, 'usage_metadata') ??
    usageOfMessage(outputs) ??
    objectAt(llm, 'token_usage') ??
    objectAt(llm, 'tokenUsage') ??
    objectAt(outputs, 'usage') ??
    run
  );
}

/** LangChain keeps the tokens of a call with the message that came of it. */
function usageOfMessage(outputs: JsonObject): JsonObject | undefined {
  let value: Json | undefined = ownAt(outputs, 'generations');
  while (isJsonList(value)) value = value[0];
  if (!isJsonObject(value)) return undefined;
  const message = objectAt(value, 'message') ?? {};
  return objectAt(objectAt(message, 'kwargs') ?? message, 'usage_metadata');
}

function settle(said: JsonObject): ForeignUsage | undefined {
  const first = (...keys: readonly string[]): number | undefined =>
    keys.map((key) => numberOf(said, key)).find((count) => count !== undefined);
  const inside = detailsOf(said, 'input_token_details', 'input_tokens_details', 'prompt_tokens_details');
  const outside = detailsOf(
    said,
    'output_token_details',
    'output_tokens_details',
    'completion_tokens_details',
  );
  return settleUsage(
    {
      input: first('input_tokens', 'prompt_tokens', 'promptTokens'),
      output: first('output_tokens', 'completion_tokens', 'completionTokens'),
      total: first('total_tokens', 'totalTokens'),
      cacheRead: numberOf(inside, 'cache_read') ?? numberOf(inside, 'cached_tokens'),
      cacheWrite: numberOf(inside, 'cache_creation'),
      reasoning: numberOf(outside, 'reasoning') ?? numberOf(outside, 'reasoning_tokens'),
    },
    'inclusive',
  );
}

function detailsOf(said: JsonObject, ...keys: readonly string[]): JsonObject {
  return keys.map((key) => objectAt(said, key)).find((details) => details !== undefined) ?? {};
}

/** A number, or a text that writes one, as the API tells costs. */
function numberOf(object: JsonObject, key: string): number | undefined {
  const value = ownAt(object, key);
  if (typeof value !== 'string') return numberAt(object, key);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}
