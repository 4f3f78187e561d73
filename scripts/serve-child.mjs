// Starts `serve` as a child of a script, reads the line it prints once it listens, and ends it with the script.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './paths.mjs';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const OWN_COPY_MS = 200;
const LOOK_FOR_PARENT_MS = 500;

/**
 * Runs `node CLI serve ...args --json`. Answers the child and a promise of its line (undefined when it ended
 * without one). A signal to this process goes on to the child; what to do when it has ended is the caller's.
 */
export function startServe(cli, args) {
  const child = spawn(process.execPath, [cli, 'serve', ...args, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      // Asked for help, it prints that instead.
      if (text.startsWith('{')) resolve(JSON.parse(text));
      else process.stdout.write(`${text}\n`);
    });
    child.once('exit', () => resolve(undefined));
  });
  return { child, line };
}

/**
 * Ends the child that `current` answers when this process is told to end, or when whoever started it is gone.
 * Ctrl-C reaches the whole terminal group, so the child mostly has its own copy: it gets a moment first.
 */
export function passSignalsOn(current) {
  for (const signal of ENDING) {
    process.on(signal, () => setTimeout(() => current()?.kill('SIGTERM'), OWN_COPY_MS));
  }
  // A signal to npm alone ends npm and its shell, and never reaches us; what we started must end all the same.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) current()?.kill('SIGTERM');
  }, LOOK_FOR_PARENT_MS).unref();
}
