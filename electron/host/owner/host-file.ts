/** `host.json`: how clients and a second start find the running host. It holds the token, so only the user reads it. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, numberAt, stringAt } from '../../../core/model/json.ts';
import { isMissing } from '../system-error.ts';

export interface HostFile {
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly version: string;
  /** Base URL of the page, without the token. */
  readonly ui: string;
  /** Base URL of the door, without a path. */
  readonly ingest: string;
  readonly token: string;
}

const FILE = 'host.json';

export async function writeHostFile(directory: string, host: HostFile): Promise<void> {
  const path = join(directory, FILE);
  await writeFile(`${path}.new`, `${JSON.stringify(host, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function removeHostFile(directory: string): Promise<void> {
  await rm(join(directory, FILE), { force: true });
}

/** Undefined where there is none or it says too little. It may be left over: compare it with the lock. */
export async function readHostFile(directory: string): Promise<HostFile | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(directory, FILE), 'utf8'));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isJsonObject(value)) return undefined;
  const pid = numberAt(value, 'pid');
  const ui = stringAt(value, 'ui');
  const ingest = stringAt(value, 'ingest');
  const token = stringAt(value, 'token');
  if (pid === undefined || ui === undefined || ingest === undefined || token === undefined) return undefined;
  const startedAt = stringAt(value, 'startedAt') ?? '';
  return { pid, startedAt, version: stringAt(value, 'version') ?? '', ui, ingest, token };
}
