// Packages and build, made when missing or stale: what every command of the project does first.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, isBuildFresh } from './build.mjs';
import { withLock } from './lock.mjs';
import { requireNode } from './node-version.mjs';
import { arePackagesFresh, installPackages } from './packages.mjs';
import { CACHE } from './paths.mjs';

/** Leaves installed packages, and a fresh build unless `build` is false. Speaks on stderr only. */
export async function prepare({ build = true } = {}) {
  const isReady = () => arePackagesFresh() && (!build || isBuildFresh());
  if (isReady()) return;
  const onWait = () => process.stderr.write('Another start is preparing this folder; waiting for it.\n');
  await withLock(join(CACHE, 'prepare.lock'), onWait, async () => {
    if (!arePackagesFresh()) await installPackages();
    if (build && !isBuildFresh()) await buildProject();
  });
}

/** `prepare`, ending the process with one plain sentence where it fails. */
export async function prepareOrExit(options) {
  requireNode();
  try {
    await prepare(options);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

// `npm run build`
if (process.argv[1] === fileURLToPath(import.meta.url)) await prepareOrExit();
