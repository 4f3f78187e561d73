// Where things stand in the project. Plain JavaScript: this runs before anything is installed or built.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Scratch of the scripts: stamps, locks, reports. Safe to delete at any time. */
export const CACHE = join(ROOT, '.cache');

/** The built command line with the host in it. */
export const BUILT_CLI = join(ROOT, 'out', 'main', 'cli.js');
