import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { bundleProgram } from '../bundle-program.ts';
import { findAgentsPython, programEnv, ROOT } from '../python/find-python.ts';
import { runStorm, type ProgramCommand } from './storm.ts';

const SPANS = 5000;
const ROOM = join('test', 'clients', 'robustness');

async function expectAllArrives(program: ProgramCommand): Promise<void> {
  const data = await makeTemporaryDirectory();
  const { arrived, completed, program: told } = await runStorm(program, SPANS, data, programEnv(data));
  expect({ arrived, completed }).toEqual({ arrived: SPANS, completed: SPANS / 1000 });
  // The SDK alone takes about 100.
  expect(told.maxRssMb).toBeLessThan(300);
}

it(
  'every span arrives while the workbench is away, killed and restarted (JavaScript)',
  { timeout: 90_000 },
  async () => {
    await expectAllArrives([process.execPath, await bundleProgram(join(ROOM, 'span-program.ts'))]);
  },
);

it(
  'every span arrives while the workbench is away, killed and restarted (Python)',
  { timeout: 240_000 },
  async (context) => {
    const found = await findAgentsPython();
    if (found.kind === 'missing') return context.skip(found.why);
    await expectAllArrives([found.python, join(ROOT, ROOM, 'span_program.py')]);
  },
);
