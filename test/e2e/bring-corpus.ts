/**
 * Brings generated traces into a host as a file: what is imported is over at once, where a live trace would
 * change once more ten seconds later.
 */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { generateLines } from '../generate/generate.ts';
import { writeLines } from '../generate/write-lines.ts';
import { askHost } from './ask-host.ts';
import { expect, type RunningHost } from './harness.ts';

/** Traces of their own for each seed: ids come from it. */
export async function bringCorpus(host: RunningHost, seed: number, spans: number): Promise<void> {
  await bringLines(host, `${String(seed)}.jsonl`, generateLines({ seed, spans }));
}

/** One record a line, all of which must be good. */
export async function bringLines(host: RunningHost, name: string, lines: Iterable<string>): Promise<void> {
  const path = join(host.data, name);
  await writeLines(lines, createWriteStream(path));
  const { files } = await askHost(host.ui, async (line) => {
    return (await line.request('import.paths', { importId: name, paths: [path] })).result;
  });
  expect(files).toMatchObject([{ skipped: 0 }]);
}
