/** What acts on traces as they come, in words that fit the line at the bottom. */
import type { PluginState } from '../../../core/rpc/plugins.ts';

export interface ActivePlugins {
  readonly count: number;
  /** As many as there is room for. */
  readonly first: string;
  readonly all: string;
  /** One of them may let traces go. */
  readonly samples: boolean;
}

const MOST = 3;

export function activePlugins(plugins: readonly PluginState[]): ActivePlugins {
  // Analyses run when they are asked to: they act on nothing by themselves.
  const active = plugins.filter(
    ({ status, hooks }) => (status === 'idle' || status === 'running') && hooks.length > 0,
  );
  const words = active.map(wordsOf);
  const more = words.length > MOST ? `, ${String(words.length - MOST)} more` : '';
  return {
    count: active.length,
    first: words.slice(0, MOST).join(', ') + more,
    all: words.join(', '),
    samples: active.some(({ hooks }) => hooks.includes('headSample') || hooks.includes('tailSample')),
  };
}

/** `sample 20 %`; those of others by their name. */
function wordsOf({ id, name, settings }: PluginState): string {
  const word = id.includes('.') ? name.slice(0, 24) : id;
  const share = settings['keepPercent'];
  return typeof share === 'number' ? `${word} ${String(share)} %` : word;
}
