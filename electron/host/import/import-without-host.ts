/** An import while no host runs: it owns the data directory for as long as it takes. */
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import { openStore } from '../open-store.ts';
import { acquireOwnerLock } from '../owner/owner-lock.ts';
import { ReportShelf } from '../reports/report-shelf.ts';
import { VERSION } from '../version.ts';
import { Importer } from './importer.ts';
import { resumeImports, stageDirectoryOf } from './resume-imports.ts';

/** Undefined where another process owns the directory. Rejects with JournalUnavailableError. */
export async function importWithoutHost(
  dataDirectory: string,
  paths: readonly string[],
  clock: Clock,
  onProgress: (progress: ImportProgress) => void,
  bringBack = false,
): Promise<readonly FileReport[] | undefined> {
  const locked = await acquireOwnerLock(dataDirectory, VERSION);
  if (locked.kind === 'held') return undefined;
  try {
    const store = await openStore(dataDirectory, clock);
    try {
      const stageDirectory = stageDirectoryOf(dataDirectory);
      const reports = await ReportShelf.open(dataDirectory);
      await resumeImports(store, stageDirectory, (file) => reports.keep(file, clock()));
      const importer = new Importer({ store, clock, stageDirectory, reports });
      importer.onProgress(onProgress);
      return await importer.importPaths('import', paths, bringBack);
    } finally {
      await store.close();
    }
  } finally {
    await locked.lock.release();
  }
}
