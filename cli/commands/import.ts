/** `import`: files into the library, through the running host or straight into the journal. */
import { resolve } from 'node:path';
import type { FileReport, ImportProgress } from '../../core/rpc/contract.ts';
import { findRunningHost } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { importWithoutHost } from '../../electron/host/import/import-without-host.ts';
import { systemClock } from '../../electron/host/host.ts';
import { printReports, sayProgress } from '../file-reports.ts';
import { ExitCode, printJson, say } from '../output.ts';
import { mayWriteReport, writeReport } from '../write-report.ts';

export interface ImportOptions {
  readonly data?: string;
  readonly bringBack?: boolean;
  readonly json?: boolean;
  /** A file that gets the reports of the files, as JSON. */
  readonly report?: string;
}

export async function importFiles(files: readonly string[], options: ImportOptions): Promise<ExitCode> {
  if (!(await mayWriteReport(options.report, files))) return ExitCode.usage;
  const directory = findDataDirectory(options.data);
  const paths = files.map((file) => resolve(file));
  const reports = await importPaths(directory, paths, sayProgress(), options.bringBack === true);
  if (reports === undefined) {
    say('Another process is writing to this data directory; try again when it is done.');
    return ExitCode.partial;
  }
  const isWritten = options.report === undefined || (await writeReport(options.report, reports));
  if (options.json === true) await printJson({ files: reports });
  else await printReports(reports);
  return isWritten && reports.every(isWhole) && reports.length === paths.length
    ? ExitCode.done
    : ExitCode.partial;
}

async function importPaths(
  directory: string,
  paths: readonly string[],
  onProgress: (progress: ImportProgress) => void,
  bringBack: boolean,
): Promise<readonly FileReport[] | undefined> {
  const host = await findRunningHost(directory, process.env['TRACEBENCH_URL'], 'toWrite', onProgress);
  if (host === undefined)
    return await importWithoutHost(directory, paths, systemClock, onProgress, bringBack);
  try {
    return await host.importPaths(paths, bringBack);
  } finally {
    await host.close();
  }
}

/** True where nothing of the file was left out. */
export function isWhole({ skipped, diagnostics }: FileReport): boolean {
  return skipped === 0 && diagnostics.every(({ severity }) => severity !== 'error');
}
