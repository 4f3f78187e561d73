// Fetches Electron's binary with the package's own tools: node fetch-electron.mjs FOLDER_OF_THE_PACKAGE. Each line
// on stdout is how far it is, from 0 to 1; a line `failed: …` on stderr says why not.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const requireThere = createRequire(join(folder, 'package.json'));
const readJson = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

try {
  const { downloadArtifact } = await import(pathToFileURL(requireThere.resolve('@electron/get')).href);
  await downloadArtifact({
    version: readJson('package.json').version,
    artifactName: 'electron',
    // The sums came with the package, so a mirror can hand over nothing else.
    checksums: readJson('checksums.json'),
    cacheRoot: process.env.electron_config_cache,
    platform: process.platform,
    arch: process.arch,
    downloadOptions: {
      quiet: true,
      getProgressCallback: ({ percent }) => {
        process.stdout.write(`${percent}\n`);
        return Promise.resolve();
      },
    },
  });
} catch (error) {
  fail(error.cause?.message ?? error.message);
}
// What lies in the cache now is unpacked by the package's own installer.
const installed = spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'inherit' });
if (installed.status !== 0) fail('the archive could not be unpacked');

function fail(reason) {
  process.stderr.write(`failed: ${String(reason).split('\n')[0]}\n`);
  process.exit(1);
}
