import { objectAt, ownAt, stringAt } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/**
 * One call of a runner. Its usage is the sum of everything below it, so it is never added to theirs.
 * Exporters write it as a custom span with `data.sdk_span_type`.
 */
export const taskKind: KindDefinition = {
  kind: 'task',
  label: 'Task',
  wireTypes: ['task'],
  describe: (data) => {
    const inner = objectAt(data, 'data') ?? data;
    return {
      name: stringAt(inner, 'name') ?? stringAt(data, 'name'),
      usage: readUsage(ownAt(inner, 'usage')),
    };
  },
};
