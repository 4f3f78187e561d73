/** Runs one of the Python programs that make files or send spans, with no setting of the user's own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';
import type { PythonSearch } from '../clients/python/find-python.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const OTHERS = /^(OPENAI|TRACEBENCH|NODE_ENV$|VITEST|OTEL|MLFLOW|PHOENIX|LOGFIRE|GOOGLE|LANG)/;

export interface ProgramRun {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Skips the test, and says why, where the environment is missing; rejects with the program's words where it fails. */
export async function runProgram(
  context: TestContext,
  found: PythonSearch,
  program: string,
  { args = [], env = {} }: ProgramRun = {},
): Promise<void> {
  if (found.kind === 'missing') {
    context.skip(found.why);
    return;
  }
  const own = Object.entries(process.env).filter(([name]) => !OTHERS.test(name));
  await promisify(execFile)(found.python, [join(PROGRAMS, program), ...args], {
    timeout: 240_000,
    // None of them speaks to its maker.
    env: {
      ...Object.fromEntries(own),
      ...{ NO_PROXY: '127.0.0.1', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', DO_NOT_TRACK: 'true' },
      ...{ MLFLOW_DISABLE_TELEMETRY: 'true', PHOENIX_TELEMETRY_ENABLED: 'false' },
      ...env,
    },
  });
}
