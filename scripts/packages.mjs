// Installs the packages of package-lock.json when they are missing or another version. Says so on stderr.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { npmCommand, run } from './run.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const INSTALLED = join(MODULES, '.package-lock.json');
const STAMP = join(MODULES, '.tracebench-packages');

/** True when the installed packages are known to be those of the lock file. */
export function arePackagesFresh() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();
}

/** Installs what is missing. Throws an Error with one plain sentence when npm fails. */
export async function installPackages() {
  if (!isInstalled()) {
    const first = !existsSync(INSTALLED);
    process.stderr.write(first ? 'Installing packages (first start).\n' : 'Installing changed packages.\n');
    const [command, ...prefix] = npmCommand();
    // `ci` is exact on a fresh clone; on a living tree `install --no-save` changes only what differs.
    const verb = first ? ['ci'] : ['install', '--no-save'];
    // Everything is a dev dependency and is bundled, so NODE_ENV=production must not leave them out.
    const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code } = await run(command, [...prefix, ...verb, ...flags], { output: 'stderr' });
    if (code !== 0) throw new Error(`npm ${verb[0]} failed with exit code ${code}: see its words above.`);
  }
  writeFileSync(STAMP, lockHash());
}

function lockHash() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex');
}

/** npm keeps its own list of what it installed: equal versions need no npm at all. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const there = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = there[path];
    return found === undefined
      ? entry.optional === true || entry.peer === true
      : found.version === entry.version;
  });
}
