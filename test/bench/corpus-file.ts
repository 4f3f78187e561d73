/** The generated file that every measurement of a size reads. */
import { createWriteStream } from 'node:fs';
import { generateLines } from '../generate/generate.ts';
import { writeLines } from '../generate/write-lines.ts';

export interface CorpusFile {
  readonly path: string;
  readonly spans: number;
  readonly traces: number;
  readonly bytes: number;
}

/** Writes `spans` generated spans to `path`, one JSON line a record. */
export async function writeCorpus(path: string, spans: number): Promise<CorpusFile> {
  let traces = 0;
  const lines = generateLines({ seed: spans, spans, onTrace: () => traces++ });
  const bytes = await writeLines(lines, createWriteStream(path));
  return { path, spans, traces, bytes };
}
