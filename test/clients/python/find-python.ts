/**
 * A Python with the real openai-agents in a virtual environment of the project's ignored cache, made on the
 * first run. Where Python, pip or PyPI is missing, a sentence says so and the tests skip with it.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const SDK = 'openai-agents==0.24.0';
/** The project's folder: this file may have been bundled to somewhere else in it. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));
const HOME = join(ROOT, '.cache', `python-${SDK.replace('==', '-')}`);
const BIN = process.platform === 'win32' ? join('Scripts', 'python.exe') : join('bin', 'python');
const INSTALL_MS = 170_000;

export type PythonSearch =
  { readonly kind: 'found'; readonly python: string } | { readonly kind: 'missing'; readonly why: string };

/** Any Python of 3.9 or later, without packages. */
export async function findPlainPython(): Promise<PythonSearch> {
  for (const name of ['python3', 'python']) {
    try {
      await run(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
      return { kind: 'found', python: name };
    } catch {
      // Not there, or too old: the next name may be another.
    }
  }
  return { kind: 'missing', why: 'no Python 3.9 or later on this machine' };
}

/** A Python with openai-agents. */
export async function findAgentsPython(): Promise<PythonSearch> {
  const python = join(HOME, BIN);
  if (existsSync(python)) return { kind: 'found', python };
  const plain = await findPlainPython();
  if (plain.kind === 'missing') return plain;
  // Made beside its place, so that a run that was ended leaves nothing half made.
  const fresh = `${HOME}.${String(process.pid)}`;
  try {
    await mkdir(dirname(HOME), { recursive: true });
    await run(plain.python, ['-m', 'venv', fresh], { timeout: INSTALL_MS });
    await run(join(fresh, BIN), ['-m', 'pip', 'install', '--quiet', SDK], { timeout: INSTALL_MS });
    await rename(fresh, HOME);
  } catch {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(python)) return { kind: 'missing', why: `${SDK} could not be installed from PyPI` };
  }
  return { kind: 'found', python };
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

/** The environment of a traced program: no key and no setting of the user's own. */
export function programEnv(data: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(OPENAI|TRACEBENCH|NODE_ENV$|VITEST)/.test(name)) env[name] = value;
  }
  const python = { PYTHONPATH: join(ROOT, 'clients', 'python'), PYTHONDONTWRITEBYTECODE: '1' };
  return { ...env, ...python, TRACEBENCH_DATA: data, NO_PROXY: '127.0.0.1', ...more };
}
