/** What a plugin may read and do, in words that anybody understands, before anything of it runs. */
import type { PluginRights } from '../core/rpc/plugins.ts';
import { visible } from '../core/analysis/text-view.ts';

const READ_WORDS: Readonly<Record<string, string>> = {
  timing: 'when spans ran and how long',
  structure: 'which span belongs to which, and of what kind it is',
  usage: 'models and tokens',
  metadata: 'metadata of traces: users, groups and tags, too',
  names: 'names of workflows, agents and tools',
  errors: 'whether something failed',
  content: 'EVERYTHING that went in and came out: prompts, answers, arguments, results',
};

const WRITE_WORDS: Readonly<Record<string, string>> = {
  annotations: 'put marks and alerts on traces',
  content: 'change what is stored, before it is stored',
  decision: 'decide which traces are stored at all',
};

const USE_WORDS: Readonly<Record<string, string>> = { date: 'know the time', random: 'use random numbers' };

export function describeRights({ reads, writes, uses, network, isHighRisk }: PluginRights): string {
  const lines = [
    ...(reads.length === 0 ? ['It reads no more than the ids of spans.'] : ['It reads']),
    ...reads.map((word) => `  - ${READ_WORDS[word] ?? word}`),
    ...(writes.length + uses.length === 0 ? [] : ['It may']),
    ...writes.map((word) => `  - ${WRITE_WORDS[word] ?? namespaceWords(word)}`),
    ...uses.map((word) => `  - ${USE_WORDS[word] ?? word}`),
    ...(network === null
      ? ['It has no network, and no files.']
      : [
          'It may ask the network, through the workbench:',
          ...network.allow.map((origin) => `  - ${visible(origin)}`),
          `  because: ${visible(network.reason)}`,
        ]),
    ...(isHighRisk
      ? [
          'CAREFUL: it reads what people wrote and may send it away. Install it only if you trust its author with it.',
        ]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function namespaceWords(word: string): string {
  return `give spans values under "${visible(word.replace('attributes:', ''))}."`;
}
