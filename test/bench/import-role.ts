/** The measured side of the import: in the same process in turn with the bare pass, or once, for its memory. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../core/model/json.ts';
import type { DurationMs } from '../../core/model/time.ts';
import { systemClock } from '../../electron/host/host.ts';
import { importWithoutHost } from '../../electron/host/import/import-without-host.ts';
import { readHere, type Reading } from '../../electron/host/import/reading.ts';
import { ReadingThread } from '../../electron/host/import/reading-thread.ts';
import { passOverLines } from './bare-pass.ts';
import { importRedacted } from './import-redacted.ts';
import { ownPeak } from './peak-memory.ts';

/** The thread of the build that `measureImport` has made; the program itself is bundled without one. */
const THREAD = join(process.cwd(), 'out', 'main', 'import-thread.js');

/** Bare pass, import, and import with redaction, `runs` times in turn. The thread that reads stays, as that of a host does between imports. */
export async function importInTurn(path: string, runs: number): Promise<JsonObject> {
  const bare: Timed[] = [];
  const imported: Timed[] = [];
  const redacted: Timed[] = [];
  const thread = openThread();
  for (let run = 0; run < runs; run++) {
    bare.push(await timed(() => passOverLines(path)));
    imported.push(await intoFreshDirectory((directory) => importFile(path, directory, thread)));
    redacted.push(await intoFreshDirectory((directory) => importRedacted(path, directory, thread)));
  }
  await thread.close();
  return {
    bareMs: bare.map(({ ms }) => ms),
    bareCpuMs: bare.map(({ cpuMs }) => cpuMs),
    importMs: imported.map(({ ms }) => ms),
    importCpuMs: imported.map(({ cpuMs }) => cpuMs),
    redactedMs: redacted.map(({ ms }) => ms),
  };
}

/** One import into a directory that stays, in a process that does nothing else. */
export async function importOnce(path: string, directory: string): Promise<JsonObject> {
  const thread = openThread();
  const { ms } = await timed(() => importFile(path, directory, thread));
  await thread.close();
  return { ms, peakMb: ownPeak() };
}

function openThread(): Reading {
  return existsSync(THREAD) ? new ReadingThread(THREAD) : readHere;
}

async function importFile(path: string, directory: string, reading: Reading): Promise<void> {
  const reports = await importWithoutHost(directory, [path], systemClock, () => undefined, false, reading);
  if (reports?.[0] === undefined || reports[0].skipped > 0) {
    throw new Error(`the import left something out: ${JSON.stringify(reports)}`);
  }
}

async function intoFreshDirectory(run: (directory: string) => Promise<void>): Promise<Timed> {
  const directory = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  try {
    return await timed(() => run(directory));
  } finally {
    await rm(directory, { recursive: true, force: true });
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
