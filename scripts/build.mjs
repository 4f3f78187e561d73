// Builds out/ when a source is newer than the last build. Sources are told apart by path, size and time, so
// a start on an unchanged tree costs a few milliseconds and never loads vite.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_CLI, ROOT } from './paths.mjs';
import { runNode } from './run.mjs';

const OUT = join(ROOT, 'out');
const STAMP = join(OUT, '.tracebench-build');
const SOURCES = [
  'core',
  'clients',
  'plugins',
  'electron',
  'cli',
  'renderer',
  'resources',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** True when out/ was built from exactly the sources that are there now. */
export function isBuildFresh() {
  return existsSync(BUILT_CLI) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Builds beside out/ and swaps, so that nobody ever meets half a build. Throws one plain sentence on failure. */
export async function buildProject() {
  process.stderr.write('Building Tracebench.\n');
  const started = Date.now();
  const sources = fingerprint();
  const next = join(ROOT, '.cache', `out-${process.pid}`);
  const old = join(ROOT, '.cache', `old-${process.pid}`);
  try {
    const cli = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const args = [cli, 'build', '--outDir', next, '--logLevel', 'warn'];
    const { code } = await runNode(args, { output: 'stderr', env: { NODE_ENV: 'production' } });
    if (code !== 0) throw new Error('The build failed: see its words above.');
    writeFileSync(join(next, '.tracebench-build'), sources);
    if (existsSync(OUT)) renameSync(OUT, old);
    renameSync(next, OUT);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const stat = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(join(ROOT, path)).sort()) addToHash(hash, `${path}/${name}`);
  } else {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  }
}
