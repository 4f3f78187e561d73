/** A hook that decides or changes something is run only where plugin.json says so: the user reads that one, not the code. */
import { HOOK_RULES, type HookName } from '../../../core/plugin-api/hooks.ts';
import type { PluginManifest } from '../../../core/plugin-api/manifest.ts';

export function findUnwritten(
  { id, writes = [], reads }: PluginManifest,
  hooks: readonly HookName[],
): string | undefined {
  for (const hook of hooks) {
    const { needs } = HOOK_RULES[hook];
    const isWritten =
      needs === undefined ||
      (needs === 'attributes'
        ? writes.some((each) => each.startsWith('attributes:'))
        : writes.includes(needs));
    if (!isWritten) {
      const word = needs === 'attributes' ? 'attributes:' : needs;
      return `${id} has the hook ${hook}, for which "writes" in plugin.json must name "${word}"${needs === 'attributes' ? ' with a namespace' : ''}.`;
    }
    if (hook === 'redact' && !reads.includes('content')) {
      return `${id} has the hook redact, for which "reads" in plugin.json must name "content".`;
    }
  }
  return undefined;
}
