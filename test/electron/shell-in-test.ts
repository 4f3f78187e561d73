/** Main, started over the fake Electron with a data directory of its own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { HostWords } from '../../electron/host/shell/words.ts';
import type * as fakeElectron from './fake-electron.ts';
import type { BrowserWindow, FakeChild } from './fake-electron.ts';
import { makeTemporaryDirectory } from './host/temporary-directory.ts';

type FakeElectron = typeof fakeElectron;

export interface ShellInTest {
  readonly electron: FakeElectron;
  readonly directory: string;
  /** The host's process that was started last. */
  child(): FakeChild;
  /** Lets the host say something. */
  hostSays(words: HostWords): void;
  /** The window that was opened last. */
  window(): BrowserWindow;
  /** What the shell told the host's processes, in order. */
  told(): unknown[];
}

export const STARTED = {
  kind: 'started',
  ui: 'http://127.0.0.1:1',
  ingest: 'http://127.0.0.1:2',
  token: 'secret',
} as const;

/** The main frame of our page, as a sender. */
export const OWN_FRAME = { parent: null, origin: 'app://workbench' };

/** `words` stand behind the program; `prepare` may change the fake or the data directory before main is read. */
export async function startShell(
  prepare: (electron: FakeElectron, directory: string) => void | Promise<void> = () => undefined,
  words: readonly string[] = [],
): Promise<ShellInTest> {
  const directory = await makeTemporaryDirectory();
  vi.stubEnv('TRACEBENCH_DATA', directory);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  vi.resetModules();
  const electron = await import('./fake-electron.ts');
  vi.doMock('electron', () => electron);
  await prepare(electron, directory);
  const before = process.argv;
  process.argv = ['electron', ...words];
  await import('../../electron/main.ts');
  process.argv = before;
  const last = <T>(all: readonly T[]): T => {
    const found = all.at(-1);
    if (found === undefined) throw new Error('there is none yet');
    return found;
  };
  return {
    electron,
    directory,
    child: () => last(electron.children),
    hostSays: (words) => last(electron.children).emit('message', words),
    window: () => last(electron.BrowserWindow.made),
    told: () => electron.children.flatMap((child) => child.postMessage.mock.calls.map(([words]) => words)),
  };
}

/** A shell whose host runs and whose window is open. */
export async function startOpenShell(...prepare: Parameters<typeof startShell>): Promise<ShellInTest> {
  const shell = await startShell(...prepare);
  await hostStarted(shell);
  shell.hostSays(STARTED);
  return shell;
}

/** Waits until main has started the host's process. */
export async function hostStarted({ electron }: ShellInTest, times = 1): Promise<void> {
  await vi.waitFor(() => {
    expect(electron.children).toHaveLength(times);
  });
}

/** Writes a state that a former run left. */
export async function writeState(directory: string, state: object): Promise<void> {
  await mkdir(join(directory, 'desktop'), { recursive: true });
  await writeFile(join(directory, 'desktop', 'shell.json'), JSON.stringify(state));
}
