/** Reads what a real SDK wrote as a file without a name that says anything. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../core/model/json.ts';
import { foldFiles, type FoldedFiles } from '../../electron/host/import/fold-files.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { readForeign } from '../core/formats/foreign/read-foreign.ts';
import type { ForeignFormat } from '../../core/formats/foreign/foreign-format.ts';

const NOW_US = 1_900_000_000_000_000;

export async function foldWritten(...contents: readonly (string | Uint8Array)[]): Promise<FoldedFiles> {
  const directory = await makeTemporaryDirectory();
  const paths = contents.map((_, i) => join(directory, `x${String(i)}`));
  await Promise.all(paths.map((path, i) => writeFile(path, contents[i] ?? '')));
  return foldFiles(paths, () => NOW_US);
}

/** The items of our own shape by the name of their span in the tool that wrote them. */
export function itemsByName(format: ForeignFormat, content: string): ReadonlyMap<string, JsonObject> {
  const { items } = readForeign(format, content);
  return new Map(items.map((item) => [nameOf(item), item]));
}

function nameOf({ origin, object }: JsonObject): string {
  const name = object === 'trace.span' ? (origin as JsonObject)['name'] : object;
  return typeof name === 'string' ? name : '';
}
