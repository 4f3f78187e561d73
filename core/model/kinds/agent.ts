import { stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A run of one agent, from its first turn to its answer or handoff. */
export const agentKind: KindDefinition = {
  kind: 'agent',
  label: 'Agent',
  wireTypes: ['agent'],
  describe: (data) => {
    const name = stringAt(data, 'name') ?? stringAt(data, 'agent_name');
    return { name, agent: name };
  },
};
