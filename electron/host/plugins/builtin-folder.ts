/** Finds the plugins that come with the product, from wherever the running code lies: its sources, or the build. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders of all built-in plugins; their names are their ids. */
export async function listBuiltinFolders(): Promise<readonly string[]> {
  const folder = findBuiltinFolder(dirname(fileURLToPath(import.meta.url)));
  if (folder === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}

/** The nearest `plugins/builtin` at or above `from`. */
function findBuiltinFolder(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'plugins', 'builtin');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}
