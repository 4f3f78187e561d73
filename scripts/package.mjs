// `npm run package`: the desktop application, unpacked in dist/, from the Electron that is here. Words behind `--`
// go to electron-builder: `npm run package -- --linux AppImage deb`.
import { join } from 'node:path';
import { findElectron } from './electron-binary.mjs';
import { ROOT } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';
import { runNode } from './run.mjs';

const ELECTRON_BUILDER = join(ROOT, 'node_modules', 'electron-builder', 'out', 'cli', 'cli.js');

await prepareOrExit();
if (findElectron() === undefined) {
  process.stderr.write(
    'Electron is not here, so there is nothing to package: npx install-electron fetches it.\n',
  );
  process.exit(1);
}
const words = process.argv.slice(2);
const dist = `-c.electronDist=${join('node_modules', 'electron', 'dist')}`;
const { code } = await runNode([ELECTRON_BUILDER, ...(words.length > 0 ? words : ['--dir']), dist]);
process.exit(code);
