// Runs a program as a child, with its output where the caller wants it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Runs a program in the project's folder and answers its exit code (128 + n after a signal).
 * `output`: 'inherit', 'stderr' (both streams go to stderr) or 'collect' (answered as text).
 */
export function run(command, args, { output = 'inherit', env = {} } = {}) {
  const stdio = { inherit: 'inherit', stderr: ['ignore', 2, 2], collect: ['ignore', 'pipe', 'pipe'] }[output];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? 128 + constants.signals[signal],
        text: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
}

/** Runs a script with this Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** The npm that belongs to this Node: the one that called us, else the one beside it, else the PATH's. */
export function npmCommand() {
  const caller = process.env.npm_execpath;
  if (caller !== undefined && /npm-cli\.[cm]?js$/.test(caller)) return [process.execPath, caller];
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((path) => existsSync(path));
  return found === undefined ? ['npm'] : [process.execPath, found];
}
