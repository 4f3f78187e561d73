/**
 * A workbench that comes and goes while a program makes 1,000 spans a second: away at first, started, killed,
 * started, ended, started again. Then everything that the program made is looked for.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findRunningHost } from '../../../electron/host/client/open-trace-source.ts';
import { isMissing } from '../../../electron/host/system-error.ts';
import { bundleProgram } from '../bundle-program.ts';
import type { ProgramResult } from './span-program.ts';

/** How a program is started: the command, then arguments before those of the program. */
export type ProgramCommand = readonly [command: string, ...args: string[]];

export interface StormResult {
  readonly program: ProgramResult;
  /** Spans that the workbench knows at the end, and traces that it knows as completed. */
  readonly arrived: number;
  readonly completed: number;
  readonly words: string;
}

export const RATE = 1000;
const DRAINED_WITHIN_MS = 20_000;

/** Runs it; each of the five states of the workbench takes a fifth of the time. */
export async function runStorm(
  program: ProgramCommand,
  spans: number,
  data: string,
  env: NodeJS.ProcessEnv,
): Promise<StormResult> {
  const host = await bundleProgram(join('test', 'clients', 'robustness', 'host-program.ts'));
  const partMs = (spans / RATE / 5) * 1000;
  const running = runProgram(program, spans, 'on', env);
  await wait(partMs);
  const first = await startHost(host, data);
  await wait(partMs);
  await end(first, 'SIGKILL');
  await wait(partMs / 2);
  const second = await startHost(host, data);
  await wait(partMs);
  await end(second, 'SIGTERM');
  await wait(partMs / 2);
  const last = await startHost(host, data);
  try {
    const { result, words } = await running;
    await drained(join(data, 'spill'));
    const client = await findRunningHost(data, undefined, 'toRead');
    if (client === undefined) throw new Error('the last workbench does not run');
    const traces = await client.list(undefined);
    await client.close();
    return {
      ...{ program: result, words },
      arrived: traces.reduce((sum, trace) => sum + trace.spans, 0),
      completed: traces.filter(({ status }) => status === 'completed').length,
    };
  } finally {
    await end(last, 'SIGTERM');
  }
}

/** Runs the program to its normal end. */
export async function runProgram(
  [command, ...args]: ProgramCommand,
  spans: number,
  processor: 'on' | 'off',
  env: NodeJS.ProcessEnv,
): Promise<{ result: ProgramResult; words: string }> {
  const child = spawn(command, [...args, String(spans), String(RATE), processor], {
    ...{ env, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let text = '';
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the program ended with ${String(code)}: ${words}`);
  // Both programs write the shape of ProgramResult.
  return { result: JSON.parse(text) as ProgramResult, words };
}

/** Starts a host over the directory and waits until it listens. */
export async function startHost(bundle: string, data: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [bundle, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the host ended before it listened'))),
  ]);
  return child;
}

export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Resolves when the workbench has taken every file of the spill. */
async function drained(folder: string): Promise<void> {
  const deadline = Date.now() + DRAINED_WITHIN_MS;
  while ((await listNames(folder)).length > 0) {
    if (Date.now() > deadline) throw new Error('files are left in the spill');
    await wait(100);
  }
}

async function listNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
