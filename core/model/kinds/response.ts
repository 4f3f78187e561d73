import { objectAt, ownAt, stringAt } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';
import { readProvider } from './read-provider.ts';

/**
 * One call of a model through the Responses API, the SDK's default. The exporter sends an id and at most
 * usage; a processor also sends the whole `response`, which names the model.
 */
export const responseKind: KindDefinition = {
  kind: 'response',
  label: 'Response',
  wireTypes: ['response'],
  describe: (data) => {
    const response = objectAt(data, 'response') ?? {};
    const model = stringAt(response, 'model') ?? stringAt(data, 'model');
    return {
      name: stringAt(data, 'name'),
      model,
      provider: readProvider(data),
      usage: readUsage(ownAt(data, 'usage')) ?? readUsage(ownAt(response, 'usage')),
    };
  },
};
