/** The host that runs over a data directory, if one does. */
import { setTimeout as wait } from 'node:timers/promises';
import { readHostFile, type HostFile } from './host-file.ts';
import { findLockHolder, type LockHolder } from './owner-lock.ts';

export type HostSearch =
  | { readonly kind: 'running'; readonly host: HostFile }
  /** Somebody holds the directory and serves nothing: an import, or a host that begins or ends. */
  | { readonly kind: 'busy'; readonly holder: LockHolder }
  | { readonly kind: 'none' };

const LOOK_EVERY_MS = 50;

/** Looks once, and again for `patienceMs` while a holder has not yet said where it listens. */
export async function findHost(directory: string, patienceMs: number): Promise<HostSearch> {
  const looks = Math.ceil(patienceMs / LOOK_EVERY_MS);
  for (let look = 0; ; look++) {
    const holder = await findLockHolder(directory);
    if (holder === undefined) return { kind: 'none' };
    const host = await readHostFile(directory);
    if (host?.pid === holder.pid) return { kind: 'running', host };
    if (look >= looks) return { kind: 'busy', holder };
    await wait(LOOK_EVERY_MS);
  }
}
