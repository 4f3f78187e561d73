/** Finds the door from a Node program: what it was told, else the address file of the running workbench. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, numberAt, stringAt } from '../../core/model/json.ts';
import { findDataDirectory } from './data-directory.ts';
import { DEFAULT_DOOR, readDoorUrl } from './door-url.ts';

/**
 * `option`, else `TRACEBENCH_URL`, else `host.json` of a workbench that lives, else the default port. It is
 * asked before every attempt, because the workbench may start, or start again elsewhere, at any time.
 */
export async function findDoor(option: string | undefined): Promise<string> {
  const told = readDoorUrl(option) ?? readDoorUrl(process.env['TRACEBENCH_URL']);
  return told ?? (await readHostFile()) ?? DEFAULT_DOOR;
}

async function readHostFile(): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(findDataDirectory(), 'host.json'), 'utf8'));
    if (!isJsonObject(value)) return undefined;
    const pid = numberAt(value, 'pid');
    const door = readDoorUrl(stringAt(value, 'ingest'));
    return pid !== undefined && door !== undefined && isLoopback(door) && isAlive(pid) ? door : undefined;
  } catch {
    // No file, or half of one: no workbench is running that says where.
    return undefined;
  }
}

/** An address file that points away from this machine is not ours. */
function isLoopback(door: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(door).hostname);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
