import { ownAt, stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A check of an input, an output or a tool call that may trip and end the run. */
export const guardrailKind: KindDefinition = {
  kind: 'guardrail',
  label: 'Guardrail',
  wireTypes: ['guardrail'],
  describe: (data) => {
    const triggered = ownAt(data, 'triggered') ?? ownAt(data, 'tripwire_triggered');
    return {
      name: stringAt(data, 'name') ?? stringAt(data, 'guardrail_name'),
      triggered: typeof triggered === 'boolean' ? triggered : undefined,
    };
  },
};
