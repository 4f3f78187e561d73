// Electron's binary: whether it is here, and the one attempt to fetch it. Never `require('electron')`, which
// would download on its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CACHE, ROOT } from './paths.mjs';

const ELECTRON = join(ROOT, 'node_modules', 'electron');
const FETCH = fileURLToPath(new URL('./fetch-electron.mjs', import.meta.url));
const FAILURE = join(CACHE, 'electron-download.json');
const CONNECT_MS = 10_000;
/** A download that has begun may be slow, but not stand still for so long. */
const STALL_MS = 30_000;

/** Path of the binary that belongs to the installed package, or undefined. */
export function findElectron(folder = ELECTRON, env = process.env) {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const binary = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** What became of the last attempt for this version: `{ at, reason }` where it failed, else undefined. */
export function readFailure(file = FAILURE, folder = ELECTRON) {
  try {
    const { at, reason, version } = JSON.parse(readFileSync(file, 'utf8'));
    return version === versionOf(folder) && Number.isFinite(at) ? { at, reason: String(reason) } : undefined;
  } catch {
    // None, or not readable: then it is tried.
    return undefined;
  }
}

/**
 * Tries once to fetch the binary; `say` gets words of progress. Answers its path, or undefined where that
 * failed, which is remembered. A place that does not answer within `connectMs` counts as not there.
 */
export async function fetchElectron({
  say,
  folder = ELECTRON,
  file = FAILURE,
  env = process.env,
  connectMs = CONNECT_MS,
}) {
  const reason = await runFetch(folder, env, connectMs, say);
  const binary = findElectron(folder, env);
  if (reason === undefined && binary !== undefined) {
    rmSync(file, { force: true });
    return binary;
  }
  const failure = { version: versionOf(folder), at: Date.now(), reason: reason ?? 'it left no binary' };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(failure));
  return undefined;
}

/** Answers why it failed; undefined where it did not. */
function runFetch(folder, env, connectMs, say) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [FETCH, folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let reason;
    const giveUp = (why) => () => {
      reason ??= why;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(giveUp('no connection within 10 s'), connectMs);
    let shown = -1;
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp('the download stood still'), STALL_MS);
      const tenth = Math.floor(Number(line) * 10);
      if (tenth > shown) say(`Downloading Electron: ${tenth * 10} %`);
      shown = Math.max(shown, tenth);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      const words = /^failed: (.+)$/.exec(line)?.[1];
      if (words !== undefined) reason ??= words;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : (reason ?? `the installer ended with ${code}`));
    });
  });
}

function versionOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}
