/**
 * Folders beside the data directory, for what is needed once: the journal of a conversion, a bundle that came as a
 * stream. They hold traces, so each is the user's alone, goes when it was used, and names its process: what one that
 * was killed left behind, the next one removes.
 */
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcessStart } from './owner/process-identity.ts';
import { systemErrorCode } from './system-error.ts';

const NAME = /^tracebench-(\d+)-[A-Za-z0-9]{6}$/;

/** Makes a folder, lets it be used, and removes it, however that ends. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTemporaryFolder();
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The caller removes it. */
export async function makeTemporaryFolder(): Promise<string> {
  await removeStaleFolders();
  return await mkdtemp(join(tmpdir(), `tracebench-${String(process.pid)}-`));
}

/** Removes the folders of processes that have ended; those of other users stay. */
export async function removeStaleFolders(parent = tmpdir()): Promise<void> {
  for (const name of await listIn(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || findProcessStart(Number(pid)) !== undefined) continue;
    const path = join(parent, name);
    if (await isOwnFolder(path)) await rm(path, { recursive: true, force: true }).catch(passSystemError);
  }
}

async function isOwnFolder(path: string): Promise<boolean> {
  try {
    const found = await lstat(path);
    return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  } catch (error) {
    passSystemError(error);
    return false;
  }
}

async function listIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    passSystemError(error);
    return [];
  }
}

/** What the system refuses stays where it is: nothing depends on it. */
function passSystemError(error: unknown): void {
  if (systemErrorCode(error) === undefined) throw error;
}
