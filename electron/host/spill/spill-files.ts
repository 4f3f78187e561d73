/**
 * Which files of `spill/` may be read: those that a client finished (`.ndjson`), and those it left open
 * (`.ndjson.open`) when its process died.
 */
import { lstat, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../owner/process-identity.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';

/** The process that writes it, then anything that tells its files apart. */
const NAME = /^(\d{1,10})-[\w-]{1,64}\.ndjson(\.open)?$/;
const OPEN = '.open';
/** A client renames its file at least every minute while it writes; one that is older has another process's id. */
const FORGOTTEN_MS = 10 * 60 * 1000;

/** Paths of the files that are complete, oldest first. Files that were left open are closed by renaming them. */
export async function takeSpillFiles(directory: string, nowMs: number): Promise<readonly string[]> {
  const found: { readonly path: string; readonly changedMs: number }[] = [];
  for (const name of await listNames(directory)) {
    const match = NAME.exec(name);
    if (match === null) continue;
    const path = join(directory, name);
    const changedMs = await whenChanged(path);
    if (changedMs === undefined) continue;
    const isOpen = match[2] !== undefined;
    const isHeld = isOpen && isAlive(Number(match[1])) && nowMs - changedMs < FORGOTTEN_MS;
    if (isHeld) continue;
    const closed = isOpen ? await close(path) : path;
    if (closed !== undefined) found.push({ path: closed, changedMs });
  }
  return found.sort((a, b) => a.changedMs - b.changedMs).map(({ path }) => path);
}

/** Gives a file the name of a finished one. Undefined where it is gone, is another user's, or would take another's place. */
async function close(path: string): Promise<string | undefined> {
  const closed = path.slice(0, -OPEN.length);
  if ((await whenChanged(closed)) !== undefined) return undefined;
  try {
    await rename(path, closed);
    return closed;
  } catch (error) {
    // One file of a program that ran as somebody else must not keep all others waiting.
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

async function listNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // No client was ever in need of it.
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Undefined for what is no plain file, or gone: links and pipes are never followed. */
async function whenChanged(path: string): Promise<number | undefined> {
  try {
    const stat = await lstat(path);
    return stat.isFile() ? stat.mtimeMs : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
