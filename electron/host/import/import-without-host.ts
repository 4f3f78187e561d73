/** An import while no host runs: it owns the data directory for as long as it takes. */
import { stat } from 'node:fs/promises';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import { openAuditAlone } from '../audit/audited-store.ts';
import { openIntake } from '../open-intake.ts';
import { openStore } from '../open-store.ts';
import { acquireOwnerLock } from '../owner/owner-lock.ts';
import { PluginRegistry } from '../plugins/plugin-registry.ts';
import { ReportShelf } from '../reports/report-shelf.ts';
import { systemErrorCode } from '../system-error.ts';
import { VERSION } from '../version.ts';
import { Importer } from './importer.ts';
import { readHere, type Reading } from './reading.ts';
import { openReading } from './reading-thread.ts';
import { resumeImports, stageDirectoryOf } from './resume-imports.ts';

/** Of less than this nothing is gained by a thread: starting one takes as long as reading some of it. */
const THREAD_BYTES = 32 * 1024 * 1024;

/**
 * Undefined where another process owns the directory. Rejects with JournalUnavailableError. A `reading` that is given
 * stays open.
 */
export async function importWithoutHost(
  dataDirectory: string,
  paths: readonly string[],
  clock: Clock,
  onProgress: (progress: ImportProgress) => void,
  bringBack = false,
  given?: Reading,
): Promise<readonly FileReport[] | undefined> {
  const locked = await acquireOwnerLock(dataDirectory, VERSION);
  if (locked.kind === 'held') return undefined;
  try {
    const store = await openStore(dataDirectory, clock);
    const reading = given ?? (await openReadingOf(paths));
    try {
      const stageDirectory = stageDirectoryOf(dataDirectory);
      const reports = await ReportShelf.open(dataDirectory);
      const audit = await openAuditAlone(dataDirectory, clock);
      await resumeImports(store, stageDirectory, (file) => reports.keep(file, clock()), audit);
      const plugins = await PluginRegistry.open({ dataDirectory });
      const guard = await openIntake(dataDirectory, { store, plugins, clock, audit });
      try {
        const intake = guard.forImport;
        const importer = new Importer({ store, clock, stageDirectory, reports, reading, intake, audit });
        importer.onProgress(onProgress);
        return await importer.importPaths('import', paths, bringBack);
      } finally {
        await guard.close();
        await audit.close();
        await plugins.close();
      }
    } finally {
      if (given === undefined) await reading.close();
      await store.close();
    }
  } finally {
    await locked.lock.release();
  }
}

async function openReadingOf(paths: readonly string[]): Promise<Reading> {
  const sizes = await Promise.all(paths.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0) < THREAD_BYTES ? readHere : openReading();
}

/** 0 where there is no such file: the import says so. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return 0;
  }
}
