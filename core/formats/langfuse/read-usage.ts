/**
 * Tokens as Langfuse counts them: any names, of which those that begin with `input` are parts of the input and those
 * that begin with `output` parts of the output. Its own SDKs take the parts out of `input` and `output`; what came
 * over OpenTelemetry may not. The total, which is the sum of all, tells.
 */
import { numberAt, type JsonObject } from '../../model/json.ts';
import { settleUsage, type ForeignUsage } from '../genai/read-usage.ts';

const CACHE_WRITE = /cache_(creation|write)/;
const INPUT_PART = /^(input|prompt|cache)_(?!tokens$)/;
const OUTPUT_PART = /^(output|completion)_(?!tokens$)/;

export function readLangfuseUsage(details: JsonObject): ForeignUsage | undefined {
  const input =
    numberAt(details, 'input') ?? numberAt(details, 'input_tokens') ?? numberAt(details, 'prompt_tokens');
  const output =
    numberAt(details, 'output') ??
    numberAt(details, 'output_tokens') ??
    numberAt(details, 'completion_tokens');
  const total = numberAt(details, 'total') ?? numberAt(details, 'total_tokens');
  const names = Object.keys(details);
  const sum = (is: (name: string) => boolean): number | undefined => {
    const counts = names.filter(is).map((name) => numberAt(details, name) ?? 0);
    return counts.length === 0 ? undefined : counts.reduce((all, count) => all + count, 0);
  };
  const isInputPart = (name: string): boolean => INPUT_PART.test(name);
  const isOutputPart = (name: string): boolean => OUTPUT_PART.test(name);
  const cacheWrite = sum((name) => isInputPart(name) && CACHE_WRITE.test(name));
  const cacheRead = sum((name) => isInputPart(name) && /cache/.test(name) && !CACHE_WRITE.test(name));
  const reasoning = sum((name) => isOutputPart(name) && /reasoning/.test(name));
  // Pictures and sound are parts as well: whether they stand beside the input, or in it, is told like the cache.
  const otherInput = (sum(isInputPart) ?? 0) - (cacheRead ?? 0) - (cacheWrite ?? 0);
  const outputParts = sum(isOutputPart) ?? 0;
  const isBeside = total !== undefined && total !== (input ?? 0) + (output ?? 0);
  return settleUsage(
    {
      input: isBeside && input !== undefined ? input + otherInput : input,
      output: isBeside && output !== undefined ? output + outputParts : output,
      total,
      cacheRead,
      cacheWrite,
      reasoning,
    },
    'exclusive',
  );
}
