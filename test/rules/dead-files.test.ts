/** Every source file is reached from something that runs; a file that nothing reaches is dead. */
import { expect, it } from 'vitest';
import { listFiles, readImports } from './source-tree.ts';

const ENTRIES = [
  'electron/main.ts',
  'electron/host-process.ts',
  'electron/host/import/import-thread.ts',
  'electron/host/plugins/plugin-thread.ts',
  'electron/host/search/search-thread.ts',
  'electron/preload.ts',
  'cli/main.ts',
  'clients/agents/register.ts',
  'clients/tracing/index.ts',
  'clients/tracing/browser.ts',
  'clients/tracing/analysis.ts',
  'core/plugin-api/index.ts',
  'cli/tracebench.mjs',
  'renderer/main.ts',
  'scripts/start.mjs',
  'scripts/dev.mjs',
  'scripts/test.mjs',
  'scripts/test-faults.mjs',
  'scripts/run-ts.mjs',
  'scripts/build-clients.mjs',
  'scripts/fetch-electron.mjs',
  'scripts/icons.mjs',
  'scripts/prices.mjs',
  'scripts/package.mjs',
];

/** Plugins are run by name, each by the file that is called like its folder. */
const isPlugin = (path: string): boolean => /^plugins\/[^/]+\/([^/]+)\/\1\.ts$/.test(path);

/** Types that stand beside a plain JavaScript file are reached with it. */
const isDeclaration = (path: string): boolean => path.endsWith('.d.mts') || path.endsWith('.d.ts');

it('leaves no file that nothing runs', () => {
  const sources = listFiles().filter(
    (path) =>
      /^(core|cli|electron|renderer|clients|plugins|scripts)\//.test(path) && /\.(ts|svelte|mjs)$/.test(path),
  );
  const known = new Set(sources);
  const reached = new Set<string>();
  const waiting = [...ENTRIES, ...sources.filter(isPlugin)].filter((path) => known.has(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const imported of readImports(path)) {
      if (imported.path !== undefined && known.has(imported.path)) waiting.push(imported.path);
    }
  }
  expect(ENTRIES.filter((path) => !known.has(path))).toEqual([]);
  expect(sources.filter((path) => !reached.has(path) && !isDeclaration(path))).toEqual([]);
});
