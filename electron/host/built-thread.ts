/** Where the built file of a thread stands: threads are entries of the build of their own. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the running code, or above it where that is in a chunk; undefined when run from the sources. */
export function findBuiltThread(name: string): string | undefined {
  const folder = dirname(fileURLToPath(import.meta.url));
  return [folder, dirname(folder)].map((each) => join(each, name)).find((path) => existsSync(path));
}
