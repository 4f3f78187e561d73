// Builds out/ when a source is newer than the last build. Sources are told apart by path, size and time, so
// a start on an unchanged tree costs a few milliseconds and never loads vite.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

/** What the clients are made of: while it stays as it is, the last build's are taken over. */
const CLIENTS_STAMP = '.tracebench-clients';
const CLIENT_SOURCES = [
  'core/model',
  'core/analysis',
  'core/plugin-api',
  'clients',
  'scripts/build-clients.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** True when out/ was built from exactly the sources that are there now. */
export function isBuildFresh() {
  return existsSync(BUILT_CLI) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint(SOURCES);
}

/** Builds beside out/ and swaps, so that nobody ever meets half a build. Throws one plain sentence on failure. */
export async function buildProject() {
  process.stderr.write('Building Tracebench.\n');
  const started = Date.now();
  const sources = fingerprint(SOURCES);
  const next = join(ROOT, '.cache', `out-${process.pid}`);
  const old = join(ROOT, '.cache', `old-${process.pid}`);
  try {
    const cli = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const args = [cli, 'build', '--outDir', next, '--logLevel', 'warn'];
    const codes = await Promise.all([
      runNode(args, { output: 'stderr', env: { NODE_ENV: 'production' } }).then(({ code }) => code),
      buildClients(next),
    ]);
    if (codes.some((code) => code !== 0)) throw new Error('The build failed: see its words above.');
    // Plugins are read as their authors wrote them, those of the product too.
    cpSync(join(ROOT, 'plugins', 'builtin'), join(next, 'plugins', 'builtin'), { recursive: true });
    // Whoever verifies an audit log takes this one file away.
    cpSync(join(ROOT, 'resources', 'verify-audit.mjs'), join(next, 'plugins', 'verify-audit.mjs'));
    writeFileSync(join(next, '.tracebench-build'), sources);
    if (existsSync(OUT)) renameSync(OUT, old);
    renameSync(next, OUT);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

/** The exports of package.json point at them, and whoever installs this folder gets them: no build is without. */
async function buildClients(next) {
  const sources = fingerprint(CLIENT_SOURCES);
  const known = join(OUT, CLIENTS_STAMP);
  const folder = join(next, 'clients');
  let code = 0;
  if (existsSync(known) && readFileSync(known, 'utf8') === sources) {
    cpSync(join(OUT, 'clients'), folder, { recursive: true });
  } else {
    ({ code } = await runNode([join(ROOT, 'scripts', 'build-clients.mjs'), folder], { output: 'stderr' }));
  }
  if (code === 0) writeFileSync(join(next, CLIENTS_STAMP), sources);
  return code;
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, source);
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
