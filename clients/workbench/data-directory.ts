/** Where the workbench keeps its data, seen from a traced program: the host's own rule, told again for Node alone. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const NAME = 'tracebench';

/** `TRACEBENCH_DATA`, else the platform's own place. */
export function findDataDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const chosen = env['TRACEBENCH_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', NAME);
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), NAME);
    default:
      return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), NAME);
  }
}
