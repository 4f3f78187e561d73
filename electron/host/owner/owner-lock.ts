/**
 * One owner per data directory. Locks are numbered files, `owner-000007.lock`; the highest number counts, and
 * only while its process lives. Whoever finds it dead makes the next number, which one process alone can
 * (`link` fails where the name exists). A file is removed only when a higher one stands, so a slow racer can
 * never bring an old number back to life unnoticed: it looks again after making its own.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, numberAt, stringAt } from '../../../core/model/json.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';
import { findProcessStart } from './process-identity.ts';

export interface LockHolder {
  readonly pid: number;
  readonly version: string;
}

export type LockResult =
  { readonly kind: 'owned'; readonly lock: OwnerLock } | { readonly kind: 'held'; readonly by: LockHolder };

export interface OwnerLock {
  /** Lets the next process in. */
  release(): Promise<void>;
}

interface LockFile extends LockHolder {
  readonly processStart: string;
  readonly released: boolean;
}

const LOCK_FILE = /^owner-(\d{6,})\.lock$/;

/** Takes the directory, over dead owners at once; or tells who holds it. */
export async function acquireOwnerLock(directory: string, version: string): Promise<LockResult> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (;;) {
    const highest = await highestLock(directory);
    const holder = highest === 0 ? undefined : await readHolder(directory, highest);
    if (holder !== undefined) return { kind: 'held', by: holder };
    const number = highest + 1;
    if (!(await makeLock(directory, number, version))) continue;
    if ((await highestLock(directory)) !== number) {
      await rm(lockPath(directory, number), { force: true });
      continue;
    }
    await removeBelow(directory, number);
    return { kind: 'owned', lock: { release: () => release(directory, number, version) } };
  }
}

/** Who holds the directory; undefined where nobody does. */
export async function findLockHolder(directory: string): Promise<LockHolder | undefined> {
  const highest = await highestLock(directory);
  return highest === 0 ? undefined : await readHolder(directory, highest);
}

async function makeLock(directory: string, number: number, version: string): Promise<boolean> {
  const content: LockFile = { ...ownIdentity(version), released: false };
  const temporary = join(directory, `.owner-${randomUUID()}`);
  await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
  try {
    await link(temporary, lockPath(directory, number));
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The file stays, so that its number is never given again; what it says lets the next one in. */
async function release(directory: string, number: number, version: string): Promise<void> {
  const content: LockFile = { ...ownIdentity(version), released: true };
  await writeFile(lockPath(directory, number), JSON.stringify(content), { mode: 0o600 });
}

function ownIdentity(version: string): Omit<LockFile, 'released'> {
  return { pid: process.pid, version, processStart: findProcessStart(process.pid) ?? 'unknown' };
}

/** The living owner that a lock file names; undefined where it is dead, released or unreadable. */
async function readHolder(directory: string, number: number): Promise<LockHolder | undefined> {
  const lock = await readLock(lockPath(directory, number));
  if (lock === undefined || lock.released) return undefined;
  const start = findProcessStart(lock.pid);
  return start !== undefined && start === lock.processStart ? lock : undefined;
}

async function readLock(path: string): Promise<LockFile | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!isJsonObject(value)) return undefined;
    return {
      pid: numberAt(value, 'pid') ?? 0,
      version: stringAt(value, 'version') ?? '',
      processStart: stringAt(value, 'processStart') ?? '',
      released: value['released'] === true,
    };
  } catch (error) {
    // Gone, or cut short by a loss of power: either way nobody holds it.
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function highestLock(directory: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(directory)));
}

async function removeBelow(directory: string, number: number): Promise<void> {
  const older = (await lockNumbers(directory)).filter((other) => other < number);
  await Promise.all(older.map((other) => rm(lockPath(directory, other), { force: true })));
}

async function lockNumbers(directory: string): Promise<readonly number[]> {
  try {
    return (await readdir(directory)).flatMap((name) => {
      const match = LOCK_FILE.exec(name);
      return match === null ? [] : [Number(match[1])];
    });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function lockPath(directory: string, number: number): string {
  return join(directory, `owner-${String(number).padStart(6, '0')}.lock`);
}
