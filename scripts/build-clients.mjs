// The client libraries as they are published, a part of every build: ESM, CommonJS and types.
// Loaded by programs that know nothing of this project, so each entry is one file without dependencies.
// Usage: node scripts/build-clients.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './paths.mjs';
import { runNode } from './run.mjs';

/** Name of the file, and the source that it is made of. */
export const CLIENT_ENTRIES = {
  tracing: 'clients/tracing/index.ts',
  'tracing-browser': 'clients/tracing/browser.ts',
  'tracing-analysis': 'clients/tracing/analysis.ts',
  register: 'clients/agents/register.ts',
  plugin: 'core/plugin-api/index.ts',
};

/** Bundles every entry into `outDir` as `<name>.mjs` and `<name>.cjs`. */
export async function bundleClients(outDir, { minify = false } = {}) {
  const { build } = await import('vite');
  for (const [name, source] of Object.entries(CLIENT_ENTRIES)) {
    await build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      build: {
        lib: {
          entry: join(ROOT, source),
          formats: ['es', 'cjs'],
          fileName: (format) => `${name}.${format === 'es' ? 'mjs' : 'cjs'}`,
        },
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        minify,
        rolldownOptions: { external: /^node:/, output: { codeSplitting: false } },
      },
    });
  }
}

/** Declarations, as TypeScript writes them, in `outDir`/types. */
export async function writeTypes(outDir) {
  const config = join(outDir, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: ROOT,
        outDir: join(outDir, 'types'),
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules', '@types')],
      },
      include: [],
      files: Object.values(CLIENT_ENTRIES).map((source) => join(ROOT, source)),
    }),
  );
  const { code } = await runNode([join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config]);
  rmSync(config);
  if (code !== 0) throw new Error('The types of the clients could not be written: see the words above.');
  // The sources name their neighbours with `.ts`; a reader of the package finds `.js` and thereby the `.d.ts`.
  const types = join(outDir, 'types');
  // Declarations of an ES module may not be required; those of CommonJS may be required and imported.
  writeFileSync(join(types, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of readdirSync(types, { recursive: true }).filter((each) => each.endsWith('.d.ts'))) {
    const text = readFileSync(join(types, name), 'utf8');
    writeFileSync(
      join(types, name),
      text.replaceAll(/(from '\.{1,2}\/[^']+|import\("\.{1,2}\/[^"]+)\.ts(['"])/g, '$1.js$2'),
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Say which folder to build the clients in.');
  const outDir = resolve(folder);
  mkdirSync(outDir, { recursive: true });
  await Promise.all([bundleClients(outDir), writeTypes(outDir)]);
}
