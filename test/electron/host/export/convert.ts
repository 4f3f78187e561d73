/** Converts files in a test, and tells what it came to. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertFiles } from '../../../../electron/host/export/convert-files.ts';
import { foldFiles } from '../../../../electron/host/import/fold-files.ts';
import type { ExportState } from '../../../../core/rpc/export.ts';
import type { FileReport } from '../../../../core/rpc/contract.ts';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

export interface ConvertedFile {
  readonly bytes: Buffer;
  readonly state: ExportState;
  readonly reports: readonly FileReport[];
}

const NOW_US = 1_800_000_000_000_000;

export async function convert(
  paths: readonly string[],
  to: string,
  rules: readonly string[] = [],
): Promise<ConvertedFile> {
  return await convertFiles(
    paths,
    { to, rules },
    () => NOW_US,
    async ({ reports, exported }) => {
      if (exported === undefined) throw new Error(`nothing was read: ${JSON.stringify(reports)}`);
      const parts: Uint8Array[] = [];
      for await (const part of exported.chunks) parts.push(part);
      return { bytes: Buffer.concat(parts), state: await exported.state(), reports };
    },
  );
}

/** The bytes as a file of a temporary directory. */
export async function laidDown(bytes: Uint8Array, name = 'x'): Promise<string> {
  const path = join(await makeTemporaryDirectory(), name);
  await writeFile(path, bytes);
  return path;
}

/** The traces in files, without the names of the files. */
export async function tracesIn(paths: readonly string[]): Promise<readonly TraceSummary[]> {
  const { summaries } = await foldFiles(paths, () => NOW_US);
  return summaries.map((summary) => ({ ...summary, origins: [] })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
