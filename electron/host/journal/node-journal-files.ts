/** The journal's files on a real disk. They hold what users' agents said, so only the user may read them. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  truncate,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, systemErrorCode } from '../system-error.ts';
import type { JournalFiles, ReadableSegment, WritableSegment } from './journal-files.ts';

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

/** Opens the directory of a journal; `create` makes it where it is missing. */
export async function openJournalFiles(directory: string, create: boolean): Promise<JournalFiles> {
  if (create) await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY });
  const path = (name: string): string => join(directory, name);
  return {
    list: async () => await listNames(directory),
    size: async (name) => await sizeOf(path(name)),
    create: async (name) => writable(await open(path(name), 'wx', PRIVATE_FILE)),
    open: async (name) => writable(await open(path(name), 'r+')),
    openForRead: (name) => readable(openSync(path(name), 'r')),
    truncate: async (name, size) => {
      await truncate(path(name), size);
    },
    replace: async (name, bytes) => {
      await replaceFile(path(name), bytes);
    },
    adopt: async (from, name) => {
      await moveFile(from, path(name));
    },
    rename: async (from, to) => {
      await rename(path(from), path(to));
    },
    remove: async (name) => {
      await rm(path(name), { force: true });
    },
    syncDirectory: async () => {
      await syncDirectory(directory);
    },
  };
}

function writable(handle: FileHandle): WritableSegment {
  return {
    write: async (parts, position) => {
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      const { bytesWritten } = await handle.writev([...parts], position);
      if (bytesWritten !== bytes) throw new ShortWriteError(bytesWritten, bytes);
    },
    datasync: async () => {
      await handle.datasync();
    },
    close: async () => {
      await handle.close();
    },
  };
}

/** The disk took only a part: it is full, whatever else it says. */
class ShortWriteError extends Error {
  readonly code = 'ENOSPC';
  constructor(written: number, wanted: number) {
    super(`only ${String(written)} of ${String(wanted)} bytes were written`);
    this.name = 'ShortWriteError';
  }
}

function readable(descriptor: number): ReadableSegment {
  return {
    read: (position, length) => {
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
    size: () => fstatSync(descriptor).size,
    close: () => {
      closeSync(descriptor);
    },
  };
}

async function listNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  try {
    const handle = await open(temporary, 'w', PRIVATE_FILE);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // On a full disk the half of it would take the room that is needed. The first error is the one that counts.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Where the two lie on different disks a copy is made, which has its name only once it is whole and durable. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    return;
  } catch (error) {
    if (systemErrorCode(error) !== 'EXDEV') throw error;
  }
  const temporary = `${to}.new`;
  try {
    await copyFile(from, temporary);
    const handle = await open(temporary, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await rm(from, { force: true });
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory, and flushes names with the file.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
