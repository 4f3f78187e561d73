import { stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Anything a program marks itself, and every type that this version does not know. */
export const customKind: KindDefinition = {
  kind: 'custom',
  label: 'Custom',
  wireTypes: ['custom'],
  describe: (data) => ({ name: stringAt(data, 'name') }),
};
