import { objectAt, ownAt, stringAt, type JsonObject } from '../json.ts';
import { readUsage, type Usage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Anything a program marks itself, and every type that this version does not know. */
export const customKind: KindDefinition = {
  kind: 'custom',
  label: 'Custom',
  wireTypes: ['custom'],
  describe: (data) => ({ name: stringAt(data, 'name'), usage: usageOf(data) }),
};

/** Of chains and workflows the sum of what they hold; of what a program measured itself, where it put it. */
function usageOf(data: JsonObject): Usage | undefined {
  const inner = objectAt(data, 'data') ?? {};
  return (
    readUsage(ownAt(data, 'usage')) ??
    readUsage(ownAt(inner, 'aggregate_usage')) ??
    readUsage(ownAt(inner, 'usage'))
  );
}
