/** Many traces: import, ingest and start, with what `bench` measures them by, and the disk's own pace beside it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCorpus, type CorpusFile } from '../corpus-file.ts';
import { measureImport } from '../measure-import.ts';
import { measureIngest } from '../measure-ingest.ts';
import { measureLibraryOf } from '../measure-library.ts';
import { numberAt, type JsonObject } from '../../../core/model/json.ts';
import { runRole } from '../roles.ts';
import type { BundleFigures } from './figures.ts';
import { measureDisk } from './measure-disk.ts';

const CONNECTIONS = [24, 1];

export interface BundleOptions {
  readonly program: string;
  readonly folder: string;
  readonly spans: number;
  readonly runs: number;
  readonly warmUp: CorpusFile;
  readonly progress: (text: string) => void;
}

export async function measureBundle(options: BundleOptions): Promise<BundleFigures> {
  const { program, folder, spans, runs, warmUp, progress } = options;
  progress(`${String(spans)} spans: writing the file`);
  const corpus = await writeCorpus(join(folder, `${String(spans)}.jsonl`), spans);
  const directory = join(folder, String(spans));
  progress(`${String(spans)} spans: import`);
  const figures = await measureImport(program, corpus, runs, directory);
  const library = await measureLibraryOf(program, directory);
  progress(`${String(spans)} spans: search`);
  const search = readSearch(await runRole(program, { role: 'search', args: [directory] }));
  await rm(directory, { recursive: true, force: true });
  const ingest = [];
  for (const connections of CONNECTIONS) {
    progress(`${String(spans)} spans: ingest over ${String(connections)}`);
    ingest.push(await measureIngest(program, corpus, warmUp, connections, runs));
  }
  await rm(corpus.path);
  const { traces, bytes } = corpus;
  const rebuildSpansPerSecond = spans / (library.startMs / 1000);
  const disk = await measureDisk();
  return { spans, traces, bytes, import: figures, ingest, library, search, rebuildSpansPerSecond, disk };
}

function readSearch(said: JsonObject): BundleFigures['search'] {
  const figure = (key: keyof BundleFigures['search']): number => numberAt(said, key) ?? Number.NaN;
  return {
    bareMbPerSecond: figure('bareMbPerSecond'),
    mbPerSecond: figure('mbPerSecond'),
    oneThreadMbPerSecond: figure('oneThreadMbPerSecond'),
    firstHitMs: figure('firstHitMs'),
  };
}
