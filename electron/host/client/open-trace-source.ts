/** Finds where to ask: TRACEBENCH_URL, else the host that runs over the data directory, else its journal. */
import type { Clock } from '../../../core/model/time.ts';
import type { ImportProgress } from '../../../core/rpc/contract.ts';
import type { Connection } from '../../../core/rpc/connection.ts';
import { passOver } from '../pass-over.ts';
import { findHost } from '../owner/find-host.ts';
import { openHostConnection, type HearEvent, type HostAddress } from './host-connection.ts';
import { connectToHost, type HostClient } from './host-client.ts';
import { readHostUrl } from './read-host-url.ts';
import { openJournalSource } from './journal-source.ts';
import type { TraceSource } from './trace-source.ts';

/** How long a host that just begins is waited for: reading can do without it, writing cannot. */
const PATIENCE_MS = { toRead: 500, toWrite: 5000 } as const;

/** TRACEBENCH_URL says nothing that can be used. */
export class BadHostUrlError extends Error {
  constructor() {
    super('TRACEBENCH_URL must be the whole address that `serve` prints, with its #t=... part.');
    this.name = 'BadHostUrlError';
  }
}

/** The client of a running host; undefined where none runs. Rejects with HostUnreachableError, RpcError. */
export async function findRunningHost(
  dataDirectory: string,
  hostUrl: string | undefined,
  purpose: keyof typeof PATIENCE_MS,
  onProgress?: (progress: ImportProgress) => void,
): Promise<HostClient | undefined> {
  const address = await findHostAddress(dataDirectory, hostUrl, purpose);
  return address === undefined ? undefined : await connectToHost(address, onProgress);
}

/** The same, for those who ask what the client has no word for. */
export async function findHostConnection(
  dataDirectory: string,
  hostUrl: string | undefined,
  purpose: keyof typeof PATIENCE_MS,
  onEvent: HearEvent = passOver,
): Promise<Connection | undefined> {
  const address = await findHostAddress(dataDirectory, hostUrl, purpose);
  return address === undefined ? undefined : (await openHostConnection(address, onEvent)).connection;
}

async function findHostAddress(
  dataDirectory: string,
  hostUrl: string | undefined,
  purpose: keyof typeof PATIENCE_MS,
): Promise<HostAddress | undefined> {
  if (hostUrl !== undefined && hostUrl !== '') {
    const address = readHostUrl(hostUrl);
    if (address === undefined) throw new BadHostUrlError();
    return address;
  }
  const found = await findHost(dataDirectory, PATIENCE_MS[purpose]);
  return found.kind === 'running' ? found.host : undefined;
}

export async function openTraceSource(
  dataDirectory: string,
  hostUrl: string | undefined,
  clock: Clock,
): Promise<TraceSource> {
  return (
    (await findRunningHost(dataDirectory, hostUrl, 'toRead')) ??
    (await openJournalSource(dataDirectory, clock))
  );
}
