import { digestJson, digestText, joinDigests } from '../digest-json.ts';
import { ownAt, stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A call of a tool, and the agents it passes between where it is such a one. `tool` is a spelling that no SDK writes but people do. */
export const functionKind: KindDefinition = {
  kind: 'function',
  label: 'Function',
  wireTypes: ['function', 'tool'],
  describe: (data) => {
    const name = stringAt(data, 'name') ?? stringAt(data, 'function_name');
    return {
      name,
      agent: stringAt(data, 'passes_from'),
      target: stringAt(data, 'passes_to'),
      callDigest: joinDigests(digestText(name ?? ''), digestJson(ownAt(data, 'input'))),
      resultDigest: digestJson(ownAt(data, 'output')),
    };
  },
};
