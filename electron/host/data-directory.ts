/** Where the workbench keeps its data, on each platform's own terms. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const NAME = 'tracebench';

/** `--data` beats TRACEBENCH_DATA, which beats the platform's place. */
export function findDataDirectory(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const chosen = given ?? env['TRACEBENCH_DATA'];
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
