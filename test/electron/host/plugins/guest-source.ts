/** Plugins of a few words for tests of the engine: the body of a map or hooks, and what stands around it. */
import { HOOK_RULES } from '../../../../core/plugin-api/hooks.ts';
import { readApiModules } from '../../../../electron/host/plugins/api-source.ts';
import { compilePlugin } from '../../../../electron/host/plugins/compile-plugin.ts';
import type { GuestConfig, GuestSource } from '../../../../electron/host/plugins/thread-words.ts';

/** A plugin with one analysis, `a`. */
export function guestSource(mapBody: string, around = ''): GuestSource {
  const reduce = 'reduce: (parts) => ({ kind: "markdown", text: String(parts.length) })';
  return sourceOf(
    `${around}\nexports.default = { analyses: { a: { map(trace) {\n${mapBody}\n}, ${reduce} } } };`,
  );
}

/** A plugin with these hooks, in TypeScript: `import { … } from 'tracebench/plugin'` stands before them. */
export function hookSource(hooks: string, imports = ''): GuestSource {
  const from = imports === '' ? '' : `import { ${imports} } from 'tracebench/plugin';`;
  return sourceOf(compilePlugin(`${from}\nexport const plugin = {${hooks}};`, 'plugin.ts'));
}

export function sourceOf(code: string): GuestSource {
  const config: GuestConfig = {
    id: 'local.test',
    readsLine: 7,
    reads: ['timing'],
    uses: [],
    hiddenSpanFields: { name: 'names' },
    hiddenTraceFields: { workflowName: 'names' },
    hiddenHeadFields: { userId: 'metadata' },
    hooks: HOOK_RULES,
  };
  return { fileName: 'plugin.ts', code, config: JSON.stringify(config), api: readApiModules() };
}

/** A call of its map with one bare trace. */
export const MAP_REQUEST =
  '{"analysis":"a","step":"map","settings":{},"input":{"id":"t","spans":[{"id":"s1","durationMs":4}]}}';

/** A plugin that may read everything. */
export function allReading(code: string): GuestSource {
  const source = sourceOf(code);
  const config = JSON.parse(source.config) as GuestConfig;
  const open = { hiddenSpanFields: {}, hiddenTraceFields: {}, hiddenHeadFields: {} };
  return { ...source, config: JSON.stringify({ ...config, ...open }) };
}
