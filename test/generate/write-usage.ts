/** The shapes of usage on the wire (shapes 1, 3 and 4 of the SDK's eight). */
import type { JsonObject } from '../../core/model/json.ts';
import type { PlannedUsage } from './plan.ts';

/** Of the Responses API and of Python's spans. */
export function writeResponsesUsage(usage: PlannedUsage): JsonObject {
  return {
    requests: 1,
    input_tokens: usage.input,
    output_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    input_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: 0 },
    output_tokens_details: { reasoning_tokens: usage.reasoning },
  };
}

/** Of the Chat Completions API, inside the output of JavaScript's generations. */
export function writeChatUsage(usage: PlannedUsage): JsonObject {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cached },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  };
}

/** Of tasks and turns: cumulative, and without reasoning. */
export function writeRunUsage(usage: PlannedUsage): JsonObject {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cached_input_tokens: usage.cached,
    cache_write_input_tokens: 0,
  };
}
