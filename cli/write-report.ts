/** `--report FILE`: what became of each file, for a program that looks at it later. */
import { writeFile } from 'node:fs/promises';
import { visible } from '../core/analysis/text-view.ts';
import type { FileReport } from '../core/rpc/contract.ts';
import { systemErrorCode } from '../electron/host/system-error.ts';
import { say } from './output.ts';
import { findSameFile } from './same-file.ts';

/** False, and said why, where the report would go over a file that is to be read. */
export async function mayWriteReport(path: string | undefined, files: readonly string[]): Promise<boolean> {
  const same = path === undefined ? undefined : await findSameFile(path, files);
  if (same === undefined) return true;
  say(`${visible(same)} is to be read; name another file for the report.`);
  return false;
}

/** Writes it over what the file held. False where it cannot be written, which is said. */
export async function writeReport(path: string, files: readonly FileReport[]): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify({ files }, undefined, 2)}\n`);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    say(`The report could not be written (${code}).`);
    return false;
  }
}
