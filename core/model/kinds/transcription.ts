import { ownAt, stringAt } from '../json.ts';
import { readUsage } from '../usage.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Speech to text. */
export const transcriptionKind: KindDefinition = {
  kind: 'transcription',
  label: 'Transcription',
  wireTypes: ['transcription'],
  describe: (data) => ({
    name: stringAt(data, 'name'),
    model: stringAt(data, 'model'),
    usage: readUsage(ownAt(data, 'usage')),
  }),
};
