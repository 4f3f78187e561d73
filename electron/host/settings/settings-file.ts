/**
 * `settings.json` on disk. It belongs to the user: what stands in it and is not ours is written back as it was,
 * and a file that cannot be read is set aside, never written over.
 */
import { access, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, ownAt, type Json, type JsonObject } from '../../../core/model/json.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';

export const SETTINGS_FILE = 'settings.json';

export type SettingsReading =
  | { readonly kind: 'read'; readonly file: JsonObject }
  /** There is something, and it is no settings file. */
  | { readonly kind: 'unusable'; readonly why: string };

/** Never rejects: what is wrong is told, and the defaults hold. */
export async function readSettingsFile(path: string): Promise<SettingsReading> {
  try {
    const text = await readFile(path, 'utf8');
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isJsonObject(value)
      ? { kind: 'read', file: value }
      : { kind: 'unusable', why: 'it holds no JSON object' };
  } catch (error) {
    if (isMissing(error)) return { kind: 'read', file: {} };
    if (error instanceof SyntaxError) return { kind: 'unusable', why: 'it is not valid JSON' };
    return { kind: 'unusable', why: `it could not be read (${systemErrorCode(error) ?? 'unknown error'})` };
  }
}

/** What is not an object on both sides is replaced by the change; all else stays. */
export function mergeSettings(file: JsonObject, change: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...file };
  for (const [key, value] of Object.entries(change)) {
    const old = ownAt(file, key);
    merged[key] = isJsonObject(value) && isJsonObject(old) ? mergeSettings(old, value) : value;
  }
  return merged;
}

/** All of it or nothing; a link to the file, as keepers of dotfiles have, stays a link. */
export async function writeSettingsFile(path: string, file: JsonObject): Promise<void> {
  const target = await realpath(path).catch((error: unknown) => {
    if (isMissing(error)) return path;
    throw error;
  });
  const temporary = `${target}.new`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, undefined, 2)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Renames an unusable file, so that a new one can stand in its place. Answers the new name. */
export async function setAside(directory: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'settings.damaged.json' : `settings.damaged-${String(count)}.json`;
    if (await exists(join(directory, name))) continue;
    await rename(join(directory, SETTINGS_FILE), join(directory, name));
    return name;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
