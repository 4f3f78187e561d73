/** Bundles a TypeScript program of the tests, so that plain Node runs it in a process of its own. */
import { rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { build } from 'vite';
import { ROOT } from './python/find-python.ts';

/** Path of the bundle. Installed packages stay where they are. */
export async function bundleProgram(entry: string): Promise<string> {
  const { name } = parse(entry);
  const outDir = join(ROOT, '.cache', 'clients', `${name}-${String(process.pid)}`);
  process.once('exit', () => {
    rmSync(outDir, { recursive: true, force: true });
  });
  await build({
    ...{ root: ROOT, configFile: false, logLevel: 'error', ssr: { external: true } },
    build: {
      ...{ ssr: join(ROOT, entry), outDir, minify: false, target: 'node20.19' },
      rolldownOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  return join(outDir, `${name}.mjs`);
}
