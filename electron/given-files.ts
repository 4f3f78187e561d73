/** Files that a start, a second start or the system hands to the application: paths of files, never options. */
import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { isJsonObject } from '../core/model/json.ts';

const MOST_FILES = 1000;

/** The files among the words behind the program. A word that begins with a dash is Chromium's, or nobody's. */
export function readGivenFiles(words: readonly string[], workingDirectory: string): readonly string[] {
  const paths = words
    .slice(1)
    .filter((word) => !word.startsWith('-') && word !== '')
    .map((word) => resolve(workingDirectory, word));
  return onlyFiles(paths);
}

/** What a second start left for the first: another process wrote it, so it is read with care. */
export function readHandedFiles(handed: unknown): readonly string[] {
  const files = isJsonObject(handed) ? handed['files'] : undefined;
  if (!Array.isArray(files)) return [];
  return onlyFiles(files.filter((file) => typeof file === 'string').filter((file) => isAbsolute(file)));
}

/** The application's own folder, which `electron FOLDER` names too, is none of them. */
function onlyFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].slice(0, MOST_FILES).filter((path) => isFile(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Missing, or not a path at all.
    return false;
  }
}
