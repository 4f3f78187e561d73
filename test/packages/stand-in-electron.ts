/** An unpacked Electron without Electron: the files that packaging touches, with a fuse wire in its binary. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** Where the fuses of a binary begin: these letters, a version, their count, then one byte each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them: all but two on. */
const SHIPPED = '10110011';

export async function writeStandInElectron(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true });
  await mkdir(join(folder, 'resources'));
  const fuses = Buffer.concat([
    Buffer.from(`stand-in ${SENTINEL}`),
    Buffer.from([1, SHIPPED.length]),
    Buffer.from(SHIPPED),
  ]);
  await writeFile(join(folder, 'electron'), fuses, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', join('locales', 'en-US.pak')]) {
    await writeFile(join(folder, name), '');
  }
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await createPackage(empty, join(folder, 'resources', 'default_app.asar'));
}
