/** `verify`: judges the chain of an audit log, with the code of the one file that does it without Tracebench. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIT_FOLDER } from '../../electron/host/audit/audit-desk.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { listLogFiles, readHead, verifyLog } from '../../resources/verify-audit.mjs';
import { visible } from '../../core/analysis/text-view.ts';
import { ExitCode, print, printJson, say } from '../output.ts';

export interface VerifyOptions {
  readonly data?: string;
  readonly head?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export async function verifyAudit(paths: readonly string[], options: VerifyOptions): Promise<ExitCode> {
  const { data, head, key, json = false } = options;
  if (key !== undefined && head === undefined) {
    say('--key needs a signed head: give its file with --head.');
    return ExitCode.usage;
  }
  const asked = paths.length > 0 ? paths : [join(findDataDirectory(data), AUDIT_FOLDER)];
  const given = await readGivenHead(head, key);
  if (typeof given === 'string') {
    say(given);
    return ExitCode.usage;
  }
  if (listLogFiles(asked).length === 0) {
    say('There is no log: no file 000001.jsonl.');
    return ExitCode.usage;
  }
  const verdict = await verifyLog(asked, given && { head: given });
  if (json) await printJson(verdict);
  else if (verdict.ok) await print(`Whole: ${String(verdict.records)} records, head ${verdict.head}.\n`);
  else {
    const { file, line, index, message } = verdict;
    const where = file === undefined ? '' : ` (${visible(file)}, line ${String(line)})`;
    await print(`Not whole at index ${String(index)}${where}: ${message}.\n`);
  }
  return verdict.ok ? ExitCode.done : ExitCode.partial;
}

/** A sentence where it is none. */
async function readGivenHead(
  head: string | undefined,
  key: string | undefined,
): Promise<ReturnType<typeof readHead> | string | undefined> {
  if (head === undefined) return undefined;
  try {
    return readHead(head, key === undefined ? undefined : await readFile(key, 'utf8'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
