/** Adds up what model calls used, in whatever spelling each of them tells it. */
import { isJsonObject, numberAt } from '../../core/model/json.ts';
import { readUsage } from '../../core/model/usage.ts';

/** As the SDKs write it. */
export interface UsageSum {
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
}

/**
 * A missing total is input and output; what is no usage adds nothing.
 *
 * @example
 * const sum = addUsage({ input_tokens: 5, output_tokens: 1 }, { request_tokens: 2, response_tokens: 2 });
 */
export function addUsage(...usages: readonly (object | undefined)[]): UsageSum {
  const sum = { requests: 0, input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  for (const given of usages) {
    if (!isJsonObject(given)) continue;
    const usage = readUsage(given);
    const input = usage?.input ?? 0;
    const output = usage?.output ?? 0;
    sum.requests += numberAt(given, 'requests') ?? 0;
    sum.input_tokens += input;
    sum.output_tokens += output;
    sum.total_tokens += usage?.total ?? input + output;
  }
  return sum;
}
