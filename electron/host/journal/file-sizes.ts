import type { JournalFiles } from './journal-files.ts';

/** The journal's files by name, and their bytes. */
export async function readFileSizes(files: JournalFiles): Promise<ReadonlyMap<string, number>> {
  const names = await files.list();
  const sizes = await Promise.all(names.map(async (name) => [name, (await files.size(name)) ?? 0] as const));
  return new Map(sizes);
}
