/**
 * The tokens of a span in any convention's keys, told as we count: cached input is part of the input, reasoning
 * part of the output. Some emitters leave the cached part out of the input; which way it was is found and kept.
 */
import { judgeAccounting, type CacheAccounting } from '../../model/cache-accounting.ts';
import { isJsonObject, numberAt, objectAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Attributes } from './attributes.ts';
import { some } from './some.ts';

export interface ForeignUsage {
  /** In the SDK's own shape, `input_tokens` inclusive. */
  readonly usage: JsonObject;
  /** Told only where something was cached: else both ways are the same. */
  readonly accounting?: CacheAccounting;
}

/** Counts as they were reported; undefined: not said. */
export interface ReportedUsage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

export function readForeignUsage(attributes: Attributes, isBedrock: boolean): ForeignUsage | undefined {
  const packed = readPacked(attributes);
  return settleUsage(
    {
      input: attributes.number(...INPUT) ?? packed.input,
      output: attributes.number(...OUTPUT) ?? packed.output,
      total: attributes.number(...TOTAL) ?? packed.total,
      cacheRead: attributes.number(...CACHE_READ) ?? packed.cacheRead,
      cacheWrite: attributes.number(...CACHE_WRITE) ?? packed.cacheWrite,
      reasoning: attributes.number(...REASONING) ?? packed.reasoning,
    },
    isBedrock ? 'exclusive' : 'inclusive',
  );
}

/** `habit`: how the convention counts where the numbers themselves do not tell. */
export function settleUsage(
  { input, output, total, cacheRead, cacheWrite, reasoning }: ReportedUsage,
  habit: 'inclusive' | 'exclusive',
): ForeignUsage | undefined {
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const accounting = cached > 0 ? judgeAccounting({ input, output, total, cached }, habit) : undefined;
  const whole = input !== undefined && accounting?.mode === 'exclusive' ? input + cached : input;
  const sum = whole !== undefined && output !== undefined ? whole + output : total;
  // Field by field: this runs for every call, and spreads of what may be absent took three times as long.
  const usage: Record<string, Json> = {};
  if (whole !== undefined) usage['input_tokens'] = whole;
  if (output !== undefined) usage['output_tokens'] = output;
  if (sum !== undefined) usage['total_tokens'] = sum;
  if (cacheRead !== undefined || cacheWrite !== undefined) {
    usage['input_tokens_details'] = some({ cached_tokens: cacheRead, cache_write_tokens: cacheWrite });
  }
  if (reasoning !== undefined) usage['output_tokens_details'] = { reasoning_tokens: reasoning };
  return accounting === undefined ? { usage } : { usage, accounting };
}

/** Usage that travels as one JSON value. */
function readPacked(attributes: Attributes): Partial<ReportedUsage> {
  const value = attributes.json('mlflow.chat.tokenUsage', 'langfuse.observation.usage_details', 'usage');
  if (!isJsonObject(value)) return {};
  const [read, made] = [objectAt(value, 'input_tokens_details'), objectAt(value, 'output_tokens_details')];
  return {
    input: numberAt(value, 'input_tokens') ?? numberAt(value, 'input'),
    output: numberAt(value, 'output_tokens') ?? numberAt(value, 'output'),
    total: numberAt(value, 'total_tokens') ?? numberAt(value, 'total'),
    cacheRead:
      numberAt(value, 'cache_read_input_tokens') ??
      numberAt(value, 'input_cached_tokens') ??
      // The SDK's own shapes, of its answers and of its tasks and turns, as Logfire hands them on.
      (read && numberAt(read, 'cached_tokens')) ??
      numberAt(value, 'cached_input_tokens'),
    cacheWrite:
      numberAt(value, 'cache_creation_input_tokens') ??
      (read && numberAt(read, 'cache_write_tokens')) ??
      numberAt(value, 'cache_write_input_tokens'),
    reasoning: numberAt(value, 'output_reasoning_tokens') ?? (made && numberAt(made, 'reasoning_tokens')),
  };
}

const below = (prefix: string, ...keys: readonly string[]): string[] => keys.map((key) => prefix + key);

const INPUT = [
  ...below('gen_ai.usage.', 'input_tokens', 'prompt_tokens'),
  'llm.token_count.prompt',
  ...below('ai.usage.', 'inputTokens', 'promptTokens'),
  'llm.usage.prompt_tokens',
];
const OUTPUT = [
  ...below('gen_ai.usage.', 'output_tokens', 'completion_tokens'),
  'llm.token_count.completion',
  ...below('ai.usage.', 'outputTokens', 'completionTokens'),
  'llm.usage.completion_tokens',
];
const TOTAL = [
  'gen_ai.usage.total_tokens',
  'llm.usage.total_tokens',
  'llm.token_count.total',
  ...below('ai.usage.', 'totalTokens', 'tokens'),
];
const CACHE_READ = [
  ...below(
    'gen_ai.usage.',
    'cache_read.input_tokens',
    'cache_read_input_tokens',
    'cache_read_tokens',
    'details.cache_read_tokens',
    'details.cache_read_input_tokens',
  ),
  'llm.token_count.prompt_details.cache_read',
  ...below('ai.usage.', 'cachedInputTokens', 'inputTokenDetails.cacheReadTokens'),
];
const CACHE_WRITE = [
  ...below(
    'gen_ai.usage.',
    'cache_creation.input_tokens',
    'cache_creation_input_tokens',
    'cache_write_tokens',
    'details.cache_write_tokens',
  ),
  'llm.token_count.prompt_details.cache_write',
  'ai.usage.inputTokenDetails.cacheWriteTokens',
];
const REASONING = [
  ...below('gen_ai.usage.', 'reasoning.output_tokens', 'reasoning_tokens', 'details.reasoning_tokens'),
  'llm.token_count.completion_details.reasoning',
  'ai.usage.reasoningTokens',
];
