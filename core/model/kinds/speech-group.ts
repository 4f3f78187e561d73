import type { KindDefinition } from './kind-definition.ts';

/** The speech spans of one spoken answer. */
export const speechGroupKind: KindDefinition = {
  kind: 'speech_group',
  label: 'Speech group',
  wireTypes: ['speech_group'],
  describe: () => ({}),
};
