import { ownAt, stringAt } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Text to speech. */
export const speechKind: KindDefinition = {
  kind: 'speech',
  label: 'Speech',
  wireTypes: ['speech'],
  describe: (data) => ({
    name: stringAt(data, 'name'),
    model: stringAt(data, 'model'),
    usage: readUsage(ownAt(data, 'usage')),
  }),
};
