/**
 * Files of any format as a file of another. They are read into a journal of their own in a temporary directory,
 * so that memory does not grow with them and the same code writes them as writes the library.
 */
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { ExportWish } from '../../../core/rpc/export.ts';
import type { ExportedFile } from '../client/trace-source.ts';
import { importWithoutHost } from '../import/import-without-host.ts';
import { openStore } from '../open-store.ts';
import { passOver } from '../pass-over.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { exportFile } from './export-file.ts';

export interface Converted {
  readonly reports: readonly FileReport[];
  /** Undefined where the files hold no traces. */
  readonly exported: ExportedFile | undefined;
}

/** `use` takes the file while it can be had; then everything temporary goes. */
export async function convertFiles<T>(
  paths: readonly string[],
  wish: Pick<ExportWish, 'to' | 'rules'>,
  clock: Clock,
  use: (converted: Converted) => Promise<T>,
): Promise<T> {
  return await withTemporaryFolder(async (directory) => {
    const reports = (await importWithoutHost(directory, paths, clock, passOver)) ?? [];
    const store = await openStore(directory, clock);
    try {
      const traceIds = store.library.summaries().map(({ id }) => id);
      return await use({ reports, exported: exportFile(store, { ...wish, traceIds, views: [] }) });
    } finally {
      await store.close();
    }
  });
}
