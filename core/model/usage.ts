import { isJsonObject, objectAt, type Json, type JsonObject } from './json.ts';

/**
 * Tokens of one call, or of a sum of calls. undefined = unknown, never 0 for unknown.
 * `cached` and `cacheWrite` are parts of `input`, `reasoning` is part of `output`.
 */
export interface Usage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cached: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
  readonly total: number | undefined;
}

/** The largest count that a column can hold; a larger or negative one is a lie and reads as unknown. */
export const MAX_TOKENS = 2 ** 31 - 1;

/**
 * Reads any of the eight usage shapes that the SDKs, the Responses and the Chat Completions APIs write.
 * Returns undefined where nothing in the value is a count of tokens.
 */
export function readUsage(value: Json | undefined): Usage | undefined {
  if (!isJsonObject(value)) return undefined;
  const details = objectAt(value, 'details');
  const inputDetails = detailsOf(value, INPUT_DETAILS) ?? (details && detailsOf(details, INPUT_DETAILS));
  const outputDetails = detailsOf(value, OUTPUT_DETAILS) ?? (details && detailsOf(details, OUTPUT_DETAILS));
  const input = countAt(value, INPUT);
  const output = countAt(value, OUTPUT);
  const cached = countAt(value, CACHED) ?? countAt(inputDetails, CACHED) ?? countAt(details, CACHED);
  const cacheWrite = countAt(value, WRITTEN) ?? countAt(inputDetails, WRITTEN) ?? countAt(details, WRITTEN);
  const reasoning =
    countAt(value, REASONING) ?? countAt(outputDetails, REASONING) ?? countAt(details, REASONING);
  const total = countAt(value, TOTAL) ?? countAt(details, TOTAL);
  const known = [input, output, cached, cacheWrite, reasoning, total].some((count) => count !== undefined);
  return known ? { input, output, cached, cacheWrite, reasoning, total } : undefined;
}

const INPUT = ['input_tokens', 'prompt_tokens', 'request_tokens', 'inputTokens'];
const OUTPUT = ['output_tokens', 'completion_tokens', 'response_tokens', 'outputTokens'];
const TOTAL = ['total_tokens', 'totalTokens'];
const CACHED = ['cached_tokens', 'cached_input_tokens', 'cachedTokens', 'cached_input'];
const WRITTEN = ['cache_write_tokens', 'cache_write_input_tokens', 'cacheWriteTokens'];
const REASONING = ['reasoning_tokens', 'reasoningTokens'];
const INPUT_DETAILS = ['input_tokens_details', 'prompt_tokens_details', 'inputTokensDetails'];
const OUTPUT_DETAILS = ['output_tokens_details', 'completion_tokens_details', 'outputTokensDetails'];

function countAt(place: JsonObject | undefined, keys: readonly string[]): number | undefined {
  if (place === undefined) return undefined;
  for (const key of keys) {
    const count = place[key];
    if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_TOKENS)
      return count;
  }
  return undefined;
}

/** Details are an object, or (a serialised run state) an array of one object. */
function detailsOf(value: JsonObject, keys: readonly string[]): JsonObject | undefined {
  for (const key of keys) {
    const details = value[key];
    if (details === undefined) continue;
    if (isJsonObject(details)) return details;
    if (Array.isArray(details) && isJsonObject(details[0])) return details[0];
  }
  return undefined;
}
