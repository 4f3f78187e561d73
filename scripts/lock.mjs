// One preparer at a time: two starts at once must not install or build the same tree twice.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const STALE_AFTER_MS = 30_000;
const LOOK_AGAIN_MS = 150;

/**
 * Runs `work` while holding the lock file, and waits for another holder first. A lock whose process is
 * dead, or whose heartbeat stopped, is taken over. `onWait` is called once when there is somebody to wait for.
 */
export async function withLock(file, onWait, work) {
  mkdirSync(dirname(file), { recursive: true });
  let waited = false;
  while (!tryTake(file)) {
    if (isStale(file)) {
      discard(file);
      continue;
    }
    if (!waited) onWait();
    waited = true;
    await delay(LOOK_AGAIN_MS);
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

function tryTake(file) {
  try {
    writeFileSync(file, `${process.pid}\n${hostname()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS) return true;
    const [pid, host] = readFileSync(file, 'utf8').split('\n');
    // An empty file is one that is being written this moment.
    return pid !== '' && host === hostname() && !isAlive(Number(pid));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Moves a stale lock aside; should a new one have come meanwhile, that one is put back. */
function discard(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (!isStale(aside)) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch (error) {
    // The scratch folder was deleted under us: the work goes on, only its lock is gone.
    if (error.code !== 'ENOENT') throw error;
  }
}
