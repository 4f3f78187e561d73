/**
 * A real host for tests: the command line as a user starts it, on free ports, with a data directory of its
 * own. Ended by its pid; who started it also removes the directory.
 */
import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = join(findRoot(dirname(fileURLToPath(import.meta.url))), 'cli', 'tracebench.mjs');
const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 5_000;

/** The line of `serve`, and an end. */
export interface RunningHost {
  /** The page's address with its token. */
  readonly ui: string;
  /** The door's base URL, without a path. */
  readonly ingest: string;
  readonly data: string;
  readonly pid: number;
  /** The whole line as it was printed, parsed. */
  readonly line: unknown;
  /** Ends the host with SIGTERM; answers its exit code. Rejects when it needs more than 5 s. */
  stop(): Promise<number | null>;
  /** Ends the host with SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** Starts a host with an own data directory, or on one that stands. */
export async function startHost(
  options: { readonly data?: string; readonly nodeArguments?: readonly string[] } = {},
): Promise<RunningHost> {
  const data = options.data ?? (await makeDataDirectory());
  const args = ['serve', '--port', '0', '--ingest-port', '0', '--data', data, '--no-open', '--json'];
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const line = await readLine(child);
  return { ...readServeLine(line), data, stop: () => end(child), kill: () => kill(child) };
}

export function makeDataDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tracebench-test-'));
}

/** What a run of the command line answered. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end. */
export function runCli(args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Runs a command with `--json` and answers its one value. Throws where it ended with another code than 0. */
export async function runCliJson(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCli([...args, '--json']);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Posts a body to the door and answers the status. */
export async function postBody(
  host: Pick<RunningHost, 'ingest'>,
  path: string,
  body: string | Uint8Array,
): Promise<number> {
  const type = path === '/v1/events' ? 'application/x-ndjson' : 'application/json';
  const init = { method: 'POST', headers: { 'content-type': type }, body: body as BodyInit };
  const answer = await fetch(`${host.ingest}${path}`, init);
  await answer.arrayBuffer();
  return answer.status;
}

function readLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const timer = setTimeout(
      () => reject(new Error(`serve did not listen in time: ${words}`)),
      START_TIMEOUT_MS,
    );
    child.once('exit', (code) => reject(new Error(`serve ended with ${String(code)}: ${words}`)));
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(timer);
        resolve(line);
      });
    }
  });
}

function readServeLine(line: string): { ui: string; ingest: string; pid: number; line: unknown } {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`not the line of serve: ${line}`);
  const { ui, ingest, pid } = value as Record<string, unknown>;
  if (typeof ui !== 'string' || typeof ingest !== 'string' || typeof pid !== 'number') {
    throw new Error(`not the line of serve: ${line}`);
  }
  return { ui, ingest, pid, line: value };
}

function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('serve did not end within 5 s of SIGTERM'));
    }, END_TIMEOUT_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
    child.kill('SIGTERM');
  });
}

/** The project's folder: this file may have been bundled to somewhere else in it. */
function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
