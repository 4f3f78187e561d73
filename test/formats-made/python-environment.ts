/**
 * A virtual environment with the packages that a test needs, in the project's ignored cache: made on the first
 * run, found by its packages afterwards. Where Python, pip or PyPI is missing, a sentence says so.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findPlainPython, ROOT, type PythonSearch } from '../clients/python/find-python.ts';

const run = promisify(execFile);
const BIN = process.platform === 'win32' ? join('Scripts', 'python.exe') : join('bin', 'python');
/** What making one may take: of the small packages, and of the large ones on a busy machine. */
export const INSTALL_MS = { light: 150_000, heavy: 600_000 } as const;

/** `packages` as pip takes them. */
export async function findEnvironment(
  name: string,
  packages: readonly string[],
  timeout: number,
): Promise<PythonSearch> {
  const stamp = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 8);
  const home = join(ROOT, '.cache', 'formats-made', `${name}-${stamp}`);
  const python = join(home, BIN);
  if (existsSync(python)) return { kind: 'found', python };
  const plain = await findPlainPython();
  if (plain.kind === 'missing') return plain;
  // Made beside its place, so that a run that was ended leaves nothing half made.
  const fresh = `${home}.${String(process.pid)}`;
  try {
    await mkdir(dirname(home), { recursive: true });
    await run(plain.python, ['-m', 'venv', fresh], { timeout });
    await run(join(fresh, BIN), ['-m', 'pip', 'install', '--quiet', ...packages], { timeout });
    await rename(fresh, home);
  } catch {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(python)) {
      return { kind: 'missing', why: `${packages.join(', ')} could not be installed from PyPI` };
    }
  }
  return { kind: 'found', python };
}
