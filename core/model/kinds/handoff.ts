import { stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** One agent passing the conversation to another; without a target the handoff failed. */
export const handoffKind: KindDefinition = {
  kind: 'handoff',
  label: 'Handoff',
  wireTypes: ['handoff'],
  describe: (data) => {
    const target = stringAt(data, 'to_agent');
    return { name: stringAt(data, 'name'), agent: stringAt(data, 'from_agent'), target };
  },
};
