/** What a plugin may do, what it does and how it stands, in words for people. */
import type { HookTiming, PluginRights, PluginState } from '../../../core/rpc/plugins.ts';

const READ_WORDS: Readonly<Record<string, string>> = {
  timing: 'span timing',
  structure: 'kinds and tree',
  usage: 'models and tokens',
  names: 'names of agents and tools',
  errors: 'error classes',
  metadata: 'metadata, group and user',
  content: 'message content',
};

const WRITE_WORDS: Readonly<Record<string, string>> = {
  annotations: 'marks and alerts',
  content: 'changes what is stored',
  decision: 'decides what is stored',
};

const USE_WORDS: Readonly<Record<string, string>> = { date: 'the date', random: 'randomness' };

export interface Right {
  readonly words: string;
  /** One of the pair that could carry away what people wrote: their words, and a way out. */
  readonly grave: boolean;
}

export interface RightsInWords {
  readonly mayRead: readonly Right[];
  readonly mayDo: readonly Right[];
  readonly mayNot: readonly Right[];
}

export function rightsInWords({ reads, writes, uses, network }: PluginRights): RightsInWords {
  const right = (words: string, grave = false): Right => ({ words, grave });
  const calls = network?.allow.map((origin) => right(`calls ${origin}`, true)) ?? [];
  const unread = Object.keys(READ_WORDS).filter((name) => !reads.includes(name));
  const undone = Object.keys(WRITE_WORDS).filter((name) => name !== 'annotations' && !writes.includes(name));
  return {
    mayRead: reads.map((name) => right(READ_WORDS[name] ?? name, name === 'content')),
    mayDo: [
      ...writes.map((name) => right(WRITE_WORDS[name] ?? `values under ${name.replace('attributes:', '')}`)),
      ...uses.map((name) => right(`knows ${USE_WORDS[name] ?? name}`)),
      ...calls,
    ],
    mayNot: [
      ...unread.map((name) => right(READ_WORDS[name] ?? name)),
      ...undone.map((name) => right(NOT_WORDS[name] ?? name)),
      ...(network === null ? [right('network')] : []),
      right('files'),
    ],
  };
}

const NOT_WORDS: Readonly<Record<string, string>> = {
  content: 'change what is stored',
  decision: 'decide what is stored',
};

const STAGES: readonly (readonly [word: string, hooks: readonly string[]])[] = [
  ['access', ['access']],
  ['redact', ['redact']],
  ['sample', ['headSample', 'tailSample']],
  ['enrich', ['enrich']],
  ['processor', ['onTraceStart', 'onSpanStart', 'onSpanEnd', 'onTraceEnd', 'processTrace']],
];

/** What it takes part in, a word each; empty while nobody knows. */
export function stagesOf({ hooks, analyses }: Pick<PluginState, 'hooks' | 'analyses'>): readonly string[] {
  const stages = STAGES.filter(([, names]) => names.some((name) => hooks.includes(name))).map(
    ([word]) => word,
  );
  return analyses.length > 0 ? [...stages, 'analysis'] : stages;
}

const OVER_TRACES: readonly string[] = ['enrich', 'processor', 'analysis'];

/** Whether it has something to say of traces that are stored. */
export function runsOverTraces(plugin: Pick<PluginState, 'hooks' | 'analyses'>): boolean {
  return stagesOf(plugin).some((stage) => OVER_TRACES.includes(stage));
}

export function originWords({ origin, path }: Pick<PluginState, 'origin' | 'path'>): string {
  switch (origin) {
    case 'built-in':
      return 'built in';
    case 'installed':
      return 'installed';
    case 'folder':
      return path ?? 'a folder';
  }
}

export const STATUS_WORDS: Readonly<Record<PluginState['status'], string>> = {
  idle: 'on',
  running: 'working',
  disabled: 'off',
  failed: 'failed',
  'changed-on-disk': 'changed on the disk',
};

/** Where a word stands in the name, the description or a setting of a plugin. */
export function isFound(plugin: PluginState, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  const settings = Object.entries(plugin.settingsSchema).flatMap(([name, { title = '' }]) => [name, title]);
  const texts = [plugin.id, plugin.name, plugin.description, ...stagesOf(plugin), ...settings];
  return texts.some((text) => text.toLowerCase().includes(words));
}

/** `0.4 ms`, `12 ms`. */
export function timingText(ms: HookTiming['p50Ms']): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
