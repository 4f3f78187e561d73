/** What reading one file costs: its reader in turn with the bare parsing of the same bytes, and its memory alone. */
import { readFile } from 'node:fs/promises';
import { withFileSource } from '../../../electron/host/import/file-source.ts';
import { FileReader } from '../../../electron/host/import/read-file.ts';
import { passOverLines } from '../bare-pass.ts';
import { ownPeak } from '../peak-memory.ts';

/** V8 holds no longer text. */
const MAX_TEXT_BYTES = 500_000_000;

export interface FileTimes {
  /** NaN where the file is one value too large for one text. */
  readonly bareMs: readonly number[];
  readonly readMs: readonly number[];
}

export async function timeFile(
  path: string,
  format: string,
  isLines: boolean,
  runs: number,
): Promise<FileTimes> {
  const bareMs: number[] = [];
  const readMs: number[] = [];
  for (let run = 0; run < runs; run++) {
    bareMs.push(await timed(() => (isLines ? passOverLines(path) : parseWhole(path))));
    readMs.push(await timed(() => readWith(path, format)));
  }
  return { bareMs, readMs };
}

/** The spans of the file, read once in a process that did nothing else. */
export async function weighFile(path: string, format: string): Promise<{ spans: number; peakMb: number }> {
  const spans = await readWith(path, format);
  return { spans, peakMb: ownPeak() };
}

/** Reads the file as an import does and converts it to what the journal would keep; nothing is written. */
async function readWith(path: string, format: string): Promise<number> {
  const reader = new FileReader('bench', () => 0);
  await withFileSource(path, async (source) => {
    for await (const chunk of source.chunks()) reader.push(chunk);
  });
  reader.end();
  const report = reader.report(path);
  if (report.format !== format || report.skipped > 0)
    throw new Error(`read badly: ${JSON.stringify(report)}`);
  return report.spans;
}

async function parseWhole(path: string): Promise<unknown> {
  const bytes = await readFile(path);
  return bytes.length > MAX_TEXT_BYTES ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const result = await run();
  return result === undefined ? Number.NaN : performance.now() - start;
}
