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
  const bare: Timed[] = [];
  const imported: Timed[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(await timed(() => passOverLines(path)));
    const directory = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
    imported.push(await timed(() => importFile(path, directory)));
    await rm(directory, { recursive: true, force: true });
  }
  return {
    bareMs: bare.map(({ ms }) => ms),
    bareCpuMs: bare.map(({ cpuMs }) => cpuMs),
    importMs: imported.map(({ ms }) => ms),
    importCpuMs: imported.map(({ cpuMs }) => cpuMs),
  };
}

/** One import into a directory that stays, in a process that does nothing else. */
export async function importOnce(path: string, directory: string): Promise<JsonObject> {
  const { ms } = await timed(() => importFile(path, directory));
  return { ms, peakMb: ownPeak() };
}

async function importFile(path: string, directory: string): Promise<void> {
  const reports = await importWithoutHost(directory, [path], systemClock, () => undefined);
  if (reports?.[0] === undefined || reports[0].skipped > 0) {
    throw new Error(`the import left something out: ${JSON.stringify(reports)}`);
  }
}

/** How long a run took, and how much of all cores it used: what a busy machine distorts less. */
interface Timed {
  readonly ms: DurationMs;
  readonly cpuMs: DurationMs;
}

async function timed(run: () => Promise<unknown>): Promise<Timed> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(cpuStart);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
}
