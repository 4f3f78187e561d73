import { ownAt, stringAt, type JsonObject } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A run of one agent, from its first turn to its answer or handoff. */
export const agentKind: KindDefinition = {
  kind: 'agent',
  label: 'Agent',
  wireTypes: ['agent'],
  describe: (data) => {
    const name = stringAt(data, 'name') ?? stringAt(data, 'agent_name');
    const target = name === undefined ? undefined : handoffNames(data);
    // The sum of its calls: it counts only where none of them says its own.
    const usage = readUsage(ownAt(data, 'usage')) ?? readUsage(ownAt(data, 'aggregate_usage'));
    return { name, agent: name, target, usage };
  },
};

/** The agents that it may hand off to, one a line: from them lost handoffs are inferred. */
function handoffNames(data: JsonObject): string | undefined {
  const handoffs = ownAt(data, 'handoffs');
  if (!Array.isArray(handoffs)) return undefined;
  const names = handoffs.filter((name: unknown) => typeof name === 'string');
  return names.length === 0 ? undefined : names.join('\n');
}
