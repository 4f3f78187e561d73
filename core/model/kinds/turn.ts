import { numberAt, objectAt, ownAt, stringAt } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/** One round of an agent: a call of the model and the tools it asked for. Usage as in tasks. */
export const turnKind: KindDefinition = {
  kind: 'turn',
  label: 'Turn',
  wireTypes: ['turn'],
  describe: (data) => {
    const inner = objectAt(data, 'data') ?? data;
    const turn = numberAt(inner, 'turn');
    return {
      name: turn === undefined ? undefined : `Turn ${String(turn)}`,
      agent: stringAt(inner, 'agent_name'),
      usage: readUsage(ownAt(inner, 'usage')),
    };
  },
};
