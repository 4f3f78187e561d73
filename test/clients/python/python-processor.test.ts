/** The processor's own tests are written in Python, and run by whatever Python stands on this machine. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { findPlainPython, programEnv, ROOT } from './find-python.ts';

it('the processor of Python passes its own tests', { timeout: 60_000 }, async (context) => {
  const found = await findPlainPython();
  if (found.kind === 'missing') return context.skip(found.why);
  const args = [
    '-m',
    'unittest',
    'discover',
    '-s',
    join(ROOT, 'test', 'clients', 'python'),
    '-p',
    'test_*.py',
  ];
  const env = programEnv(await makeTemporaryDirectory());
  // Rejects with what unittest wrote where one of them failed.
  const { stderr } = await promisify(execFile)(found.python, args, { env });
  expect(stderr).toMatch(/Ran (1[89]|2\d) tests[^]*OK/);
});
