/** Whether two paths mean one file: what is written must never go over what is read. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { systemErrorCode } from '../electron/host/system-error.ts';

/** The first of the paths that is the same file as `path`, by whatever name; undefined where none is. */
export async function findSameFile(path: string, paths: readonly string[]): Promise<string | undefined> {
  const own = await identify(path);
  for (const each of paths) if ((await identify(each)) === own) return each;
  return undefined;
}

async function identify(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return resolve(path);
  }
}
