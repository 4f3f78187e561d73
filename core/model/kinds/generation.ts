import { isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../json.ts';
import { readUsage, type Usage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';
import { readProvider } from './read-provider.ts';

/** One call of a model through the Chat Completions API or a third-party model. */
export const generationKind: KindDefinition = {
  kind: 'generation',
  label: 'Generation',
  wireTypes: ['generation'],
  describe: (data) => {
    const model = stringAt(data, 'model') ?? stringAt(data, 'model_name') ?? modelOfOutput(data);
    return { name: stringAt(data, 'name'), model, provider: readProvider(data), usage: usageOf(data) };
  },
};

/** The JavaScript SDK leaves `usage` out and sends the whole completion as the one output. */
function usageOf(data: JsonObject): Usage | undefined {
  return readUsage(ownAt(data, 'usage')) ?? readUsage(firstOutput(data)?.['usage']);
}

function modelOfOutput(data: JsonObject): string | undefined {
  const output = firstOutput(data);
  return output === undefined ? undefined : stringAt(output, 'model');
}

function firstOutput(data: JsonObject): JsonObject | undefined {
  const output: Json | undefined = ownAt(data, 'output');
  if (!Array.isArray(output)) return undefined;
  const first: unknown = output[0];
  return isJsonObject(first) ? first : undefined;
}
