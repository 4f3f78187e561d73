/** Finds the built page from wherever the running code lies: its sources, or the build itself. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest `out/renderer` at or above `from`; where there is none, the place it should have above it. */
export function findRendererDirectory(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'out', 'renderer');
    if (existsSync(join(candidate, 'index.html')) || dirname(folder) === folder) return candidate;
  }
}
