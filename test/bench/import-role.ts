/** The measured side of the import: in the same process in turn with the bare pass, or once, for its memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../core/model/json.ts';
import type { DurationMs } from '../../core/model/time.ts';
import { systemClock } from '../../electron/host/host.ts';
import { importWithoutHost } from '../../electron/host/import/import-without-host.ts';
import { passOverLines } from './bare-pass.ts';
import { ownPeak } from './peak-memory.ts';

/** Bare pass and import, `runs` times in turn. */
export async function importInTurn(path: string, runs: number): Promise<JsonObject> {
  const bareMs: DurationMs[] = [];
  const importMs: DurationMs[] = [];
  for (let run = 0; run < runs; run++) {
    bareMs.push(await timed(() => passOverLines(path)));
    const directory = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
    importMs.push(await timed(() => importFile(path, directory)));
    await rm(directory, { recursive: true, force: true });
  }
  return { bareMs, importMs };
}

/** One import into a directory that stays, in a process that does nothing else. */
export async function importOnce(path: string, directory: string): Promise<JsonObject> {
  const ms = await timed(() => importFile(path, directory));
  return { ms, peakMb: ownPeak() };
}

async function importFile(path: string, directory: string): Promise<void> {
  const reports = await importWithoutHost(directory, [path], systemClock, () => undefined);
  if (reports?.[0] === undefined || reports[0].skipped > 0) {
    throw new Error(`the import left something out: ${JSON.stringify(reports)}`);
  }
}

async function timed(run: () => Promise<unknown>): Promise<DurationMs> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
