/**
 * The host: owner of one data directory, with the door, the page's server and the store behind both. Plain
 * Node, so that the desktop shell and the command line run the same one.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { writeIsoUs, type Clock } from '../../core/model/time.ts';
import type { HostStatus } from '../../core/rpc/contract.ts';
import { createDoor, type DoorLimits } from './door/door.ts';
import { StatusBoard } from './host-status.ts';
import { Importer } from './import/importer.ts';
import { openStore } from './open-store.ts';
import { closeServer, listenOnFirst } from './listen.ts';
import { removeHostFile, writeHostFile } from './owner/host-file.ts';
import { acquireOwnerLock, type LockHolder, type OwnerLock } from './owner/owner-lock.ts';
import { TouchedTraces } from './rpc-server/touched-traces.ts';
import type { Workbench } from './rpc-server/workbench.ts';
import { listStaticFiles } from './ui-server/static-files.ts';
import { createUiServer } from './ui-server/ui-server.ts';
import type { TraceStore } from './trace-store.ts';
import { VERSION } from './version.ts';
import { reportBug } from './report-bug.ts';

export interface HostOptions {
  readonly dataDirectory: string;
  /** Undefined: the default, or another where that is taken. 0: any free one. */
  readonly ingestPort?: number | undefined;
  readonly uiPort?: number | undefined;
  /** Folder of the built page. */
  readonly rendererDirectory: string;
  readonly doorLimits?: Partial<DoorLimits>;
  readonly clock?: Clock;
}

export interface Host {
  /** Base URLs, without a path. */
  readonly ui: string;
  readonly ingest: string;
  readonly token: string;
  readonly dataDirectory: string;
  /** What recovery found, for a person. */
  readonly notices: readonly string[];
  /** Finishes what is under way, leaves a checkpoint and lets the next owner in. */
  close(): Promise<void>;
}

export type HostStart =
  { readonly kind: 'started'; readonly host: Host } | { readonly kind: 'held'; readonly by: LockHolder };

export const DEFAULT_INGEST_PORT = 4318;
export const DEFAULT_UI_PORT = 4320;
const INGEST_PORTS = [DEFAULT_INGEST_PORT, 4319, 4321, 4322, 4323, 4324, 0];
const UI_PORTS = [DEFAULT_UI_PORT, 0];
const CLOSE_GRACE_MS = 1000;
const SETTLE_EVERY_MS = 1000;

/** The host's own clock. */
export const systemClock: Clock = () => Date.now() * 1000;

/** Starts a host, unless the data directory has an owner. Rejects with PortTakenError. */
export async function startHost(options: HostOptions): Promise<HostStart> {
  const locked = await acquireOwnerLock(options.dataDirectory, VERSION);
  if (locked.kind === 'held') return locked;
  try {
    return { kind: 'started', host: await startOwned(options, locked.lock) };
  } catch (error) {
    await locked.lock.release();
    throw error;
  }
}

async function startOwned(options: HostOptions, lock: OwnerLock): Promise<Host> {
  const { dataDirectory, clock = systemClock } = options;
  const board = new StatusBoard(clock);
  const store = await openStore(dataDirectory, clock, (reason) => {
    board.setAvailability(reason);
  });
  const importer = new Importer(store, clock);
  const token = randomBytes(24).toString('base64url');
  const door = createDoor({
    clock,
    isRefusing: () => store.refusal !== undefined,
    append: (batch) => store.append(batch, true),
    onAccepted: (records) => {
      board.addAcknowledged(records);
    },
    onRejected: (path, rejects, count) => {
      board.addRejects(path, rejects, count);
    },
    onBug: (error) => {
      board.setError('The door failed on a request; the client was asked to send it again.');
      reportBug(error);
    },
    ...(options.doorLimits && { limits: options.doorLimits }),
  });
  const addresses = { ingest: '', ui: '' };
  const workbench = makeWorkbench({ store, board, importer, token, dataDirectory, addresses });
  const pageServer = createUiServer({
    files: await listStaticFiles(options.rendererDirectory),
    workbench,
    importBody: (body, file) => importer.importStream(body, file),
  });
  const close = async (): Promise<void> => {
    clearInterval(settling);
    importer.cancelAll();
    await removeHostFile(dataDirectory);
    const closing = [closeServer(door, CLOSE_GRACE_MS), closeServer(pageServer.server, 0)];
    pageServer.endSessions();
    await Promise.all(closing);
    await store.close();
    await lock.release();
  };
  const settling = setInterval(() => {
    store.library.markSettled();
  }, SETTLE_EVERY_MS);
  try {
    addresses.ingest = urlOf(await listenOnFirst(door, portsFor(options.ingestPort, INGEST_PORTS)));
    addresses.ui = urlOf(await listenOnFirst(pageServer.server, portsFor(options.uiPort, UI_PORTS)));
  } catch (error) {
    await close();
    throw error;
  }
  const { ingest, ui } = addresses;
  const startedAt = writeIsoUs(clock());
  await writeHostFile(dataDirectory, { pid: process.pid, startedAt, version: VERSION, ui, ingest, token });
  return { ui, ingest, token, dataDirectory, notices: store.notices, close };
}

interface WorkbenchParts {
  readonly store: TraceStore;
  readonly board: StatusBoard;
  readonly importer: Importer;
  readonly token: string;
  readonly dataDirectory: string;
  readonly addresses: { readonly ingest: string };
}

function makeWorkbench(parts: WorkbenchParts): Workbench {
  const { store, board, importer, token } = parts;
  return {
    store,
    board,
    touched: new TouchedTraces(store.library),
    isToken: (text) => isSame(text, token),
    readStatus: () => readStatus(parts),
    importPaths: async (importId, paths) => {
      const reports = await importer.importPaths(importId, paths);
      return reports;
    },
    cancelImport: (importId) => {
      importer.cancel(importId);
    },
    onImportProgress: (listener) => importer.onProgress(listener),
  };
}

async function readStatus({ store, board, dataDirectory, addresses }: WorkbenchParts): Promise<HostStatus> {
  return {
    version: VERSION,
    journalId: store.journalId,
    ingest: addresses.ingest,
    dataDirectory,
    traces: store.library.traceCount,
    spans: store.library.spanCount,
    bytesOnDisk: await store.bytesOnDisk(),
    ...board.counts,
    notices: store.notices,
  };
}

/** Takes as long for a wrong token as for a right one. */
function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function portsFor(asked: number | undefined, defaults: readonly number[]): readonly number[] {
  return asked === undefined ? defaults : [asked];
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}
