/** A Chromium with a profile that outlives it, whose process a test may kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';

export interface KillableChromium {
  readonly page: Page;
  /** Another tab of the same profile. */
  newPage(): Promise<Page>;
  /** SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** An end as a person makes it. */
  close(): Promise<void>;
}

const ARGUMENTS = [
  ...['--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  '--remote-debugging-port=0',
];

/** Starts it on a profile, which is made where there is none. */
export async function startChromium(profile: string): Promise<KillableChromium> {
  const path = findChromium();
  if (path === undefined) throw new Error('there is no Chromium to test with');
  const portFile = join(profile, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const args = [...ARGUMENTS, `--user-data-dir=${profile}`];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(path, [...args, 'about:blank'], { stdio: 'ignore' });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await readPort(portFile, child)}`);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium started without a context');
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    newPage: () => context.newPage(),
    kill: () => end(child, browser, 'SIGKILL'),
    close: () => end(child, browser, 'SIGTERM'),
  };
}

/** Chromium writes its port when it listens. */
async function readPort(file: string, child: ChildProcess): Promise<string> {
  while (child.exitCode === null) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const [port = ''] = text.split('\n');
    if (port !== '') return port;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`Chromium ended with ${String(child.exitCode)}`);
}

async function end(child: ChildProcess, browser: Browser, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await ended;
  }
  await browser.close();
}
