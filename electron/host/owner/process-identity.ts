/**
 * Which process a number means. Process ids are used again, so a lock also names when its process began:
 * a stranger who got the same number is not our host.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began, in words that only compare; undefined where no such process runs. */
export function findProcessStart(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (process.platform === 'linux') return readLinuxStart(pid);
  return process.platform === 'win32' ? 'unknown' : readPosixStart(pid);
}

/** Whether any process of that number runs, ours or a stranger's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Clock ticks between this boot and the start of the process: the 22nd field, behind the name in brackets. */
function readLinuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended and only waits for its parent to hear of it.
    if (fields[0] === 'Z') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}/${fields[19] ?? ''}`;
  } catch {
    // It ended between the two looks, or /proc is closed to us.
    return isAlive(pid) ? 'unknown' : undefined;
  }
}

function readPosixStart(pid: number): string | undefined {
  try {
    const words = ['-o', 'lstart=', '-p', String(pid)];
    return execFileSync('ps', words, { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined;
  } catch {
    return isAlive(pid) ? 'unknown' : undefined;
  }
}
