/** A call of a model or of a tool in an Inspect log, in the SDK's words. */
import {
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { toMessages } from '../genai/message-shapes.ts';
import { settleUsage } from '../genai/read-usage.ts';
import { some } from '../genai/some.ts';
import { without } from '../genai/without.ts';

export interface CallData {
  readonly data: JsonObject;
  readonly error: Json;
  /** What of the event is not in `data`. */
  readonly rest: JsonObject;
  readonly origin: JsonObject;
}

export function readModelCall(event: JsonObject): CallData {
  const output = objectAt(event, 'output') ?? {};
  const usage = objectAt(output, 'usage') ?? {};
  const used = settleUsage(
    {
      input: numberAt(usage, 'input_tokens'),
      output: numberAt(usage, 'output_tokens'),
      total: numberAt(usage, 'total_tokens'),
      cacheRead: numberAt(usage, 'input_tokens_cache_read'),
      cacheWrite: numberAt(usage, 'input_tokens_cache_write'),
      reasoning: numberAt(usage, 'reasoning_tokens'),
    },
    'inclusive',
  );
  const { input, config, tools, model, error, ...rest } = without(event, 'output');
  const [provider, ...asked] = typeof model === 'string' ? model.split('/') : [];
  const { choices, ...answer } = without(output, 'usage');
  return {
    data: {
      type: 'generation',
      ...some({
        model: stringAt(output, 'model') ?? (asked.length > 0 ? asked.join('/') : provider),
        provider: asked.length > 0 ? provider : undefined,
        input: toMessages(input),
        output: toMessages(choices),
        model_config: isJsonObject(config) && Object.keys(config).length > 0 ? config : undefined,
        tools: Array.isArray(tools) && tools.length > 0 ? tools : undefined,
        usage: used?.usage,
      }),
    },
    error: makeError(error ?? ownAt(output, 'error')),
    rest: { ...rest, ...some({ model }), ...(Object.keys(answer).length > 0 && { output: answer }) },
    origin: used?.accounting === undefined ? {} : { accounting: { ...used.accounting } },
  };
}

export function readToolCall(event: JsonObject): CallData {
  const { function: name, arguments: input, result, error, id, ...rest } = event;
  return {
    data: {
      type: 'function',
      name: typeof name === 'string' ? name : '',
      ...some({ input, output: result, call_id: typeof id === 'string' ? id : undefined }),
    },
    error: makeError(error),
    rest,
    origin: {},
  };
}

function makeError(error: Json | undefined): Json {
  if (error === undefined || error === null || error === '') return null;
  if (typeof error === 'string') return { message: error };
  const message = isJsonObject(error) ? stringAt(error, 'message') : undefined;
  return { message: message ?? 'The call failed.', data: error };
}
