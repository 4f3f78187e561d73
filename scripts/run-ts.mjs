// Runs a TypeScript program of the project with Node: bundles it to .cache/run and imports it from there.
// Node 20 cannot read TypeScript itself. Usage: node scripts/run-ts.mjs test/bench/main.ts [arguments]
import { join, parse, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, ROOT } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';

const entry = process.argv[2];
if (entry === undefined) {
  process.stderr.write('Usage: node scripts/run-ts.mjs ENTRY.ts [arguments]\n');
  process.exit(2);
}
await prepareOrExit({ build: false });
const { build } = await import('vite');
const folder = join(CACHE, 'run', relative(ROOT, resolve(ROOT, entry)).replaceAll(/[\\/.]/g, '-'));
await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  // Installed packages stay where they are: programs of the project may use any of them.
  ssr: { external: true },
  build: {
    ssr: resolve(ROOT, entry),
    outDir: folder,
    target: 'node20.19',
    minify: false,
    rolldownOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});
process.argv.splice(1, 2, resolve(ROOT, entry));
await import(pathToFileURL(join(folder, `${parse(entry).name}.mjs`)).href);
