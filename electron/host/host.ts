/**
 * The host: owner of one data directory, with the door, the page's server and the store behind both. Plain
 * Node, so that the desktop shell and the command line run the same one.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import { writeIsoUs, type Clock } from '../../core/model/time.ts';
import type { HostStatus } from '../../core/rpc/contract.ts';
import type { Port } from '../../core/rpc/connection.ts';
import type { BodyBudget } from './door/body-budget.ts';
import { Cleaner } from './cleanup/cleaner.ts';
import { keepClean } from './cleanup/keep-clean.ts';
import { makeBodyBudget, type DoorLimits } from './door/door.ts';
import { readHealth } from './health/read-health.ts';
import { StatusBoard } from './host-status.ts';
import { Importer } from './import/importer.ts';
import { openReading } from './import/reading-thread.ts';
import { resumeImports, stageDirectoryOf } from './import/resume-imports.ts';
import { openDoor, openSpill } from './open-intakes.ts';
import { openStore } from './open-store.ts';
import { closeServer, listenOnFirst } from './listen.ts';
import { readPrices } from './prices/read-prices.ts';
import { removeHostFile, writeHostFile } from './owner/host-file.ts';
import { ReportShelf } from './reports/report-shelf.ts';
import { ShellPages, watchImports } from './shell/shell-pages.ts';
import { acquireOwnerLock, type LockHolder, type OwnerLock } from './owner/owner-lock.ts';
import { TouchedTraces } from './rpc-server/touched-traces.ts';
import type { Workbench } from './rpc-server/workbench.ts';
import { describePort, portsToTry } from './settings/ports-to-try.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { listStaticFiles } from './ui-server/static-files.ts';
import { createUiServer } from './ui-server/ui-server.ts';
import { removeStaleFolders } from './temporary-folder.ts';
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
  /** Serves a page whose shell has let it in: who holds the port needs no token. */
  connect(port: Port): void;
  /** How far the running import is, from 0 to 1, and undefined when none runs any more. */
  onImporting(listener: (share: number | undefined) => void): void;
  /** Finishes what is under way, leaves a checkpoint and lets the next owner in. */
  close(): Promise<void>;
}

export type HostStart =
  { readonly kind: 'started'; readonly host: Host } | { readonly kind: 'held'; readonly by: LockHolder };

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

/** Opens the store and puts together what a page may ask of. */
async function openParts({ dataDirectory, doorLimits }: HostOptions, clock: Clock): Promise<WorkbenchParts> {
  const board = new StatusBoard(clock);
  const settings = await SettingsStore.open(dataDirectory);
  const store = await openStore(dataDirectory, clock, storeWords(board));
  await removeStaleFolders();
  const stageDirectory = stageDirectoryOf(dataDirectory);
  const reports = await ReportShelf.open(dataDirectory);
  const resumed = await resumeImports(store, stageDirectory, (file) => reports.keep(file, clock()));
  return {
    store,
    board,
    settings,
    dataDirectory,
    cleaner: new Cleaner(store, clock),
    reports,
    resumed,
    importer: new Importer({ store, clock, stageDirectory, reading: openReading(), reports }),
    budget: makeBodyBudget(doorLimits),
    token: randomBytes(24).toString('base64url'),
    addresses: { ingest: '', ui: '' },
    startedAt: writeIsoUs(clock()),
  };
}

async function startOwned(options: HostOptions, lock: OwnerLock): Promise<Host> {
  const { dataDirectory, clock = systemClock } = options;
  const parts = await openParts(options, clock);
  const { store, board, settings, importer, token, addresses, startedAt } = parts;
  const door = openDoor({ ...parts, clock, limits: options.doorLimits });
  const spill = openSpill(store, board, clock, dataDirectory);
  const workbench = makeWorkbench(parts);
  const pageServer = createUiServer({
    files: await listStaticFiles(options.rendererDirectory),
    workbench,
    importBody: (body, file) => importer.importStream(body, file),
  });
  const pages = new ShellPages(workbench);
  let stopCleaning: (() => Promise<void>) | undefined;
  const close = async (): Promise<void> => {
    clearInterval(settling);
    pages.end();
    try {
      await removeHostFile(dataDirectory);
    } finally {
      const closing = [closeServer(door, CLOSE_GRACE_MS), closeServer(pageServer.server, 0)];
      pageServer.endSessions();
      await Promise.all([...closing, importer.close(), spill.close(), stopCleaning?.()]);
      await store.close();
      await lock.release();
    }
  };
  const settling = setInterval(() => {
    store.library.markSettled();
  }, SETTLE_EVERY_MS);
  try {
    Object.assign(addresses, await listenBoth(door, pageServer.server, settings, options));
    await writeHostFile(dataDirectory, {
      ...{ pid: process.pid, startedAt, version: VERSION, token },
      ...addresses,
    });
    spill.start();
    stopCleaning = keepClean({ ...parts, onBug: reportBug });
  } catch (error) {
    // What broke the start is told, whatever else breaks on the way out.
    await Promise.allSettled([close()]);
    throw error;
  }
  return {
    ...addresses,
    token,
    dataDirectory,
    notices: [...store.notices, ...parts.resumed, ...settings.state.problems],
    connect: (port) => {
      pages.connect(port);
    },
    onImporting: (listener) => {
      watchImports(importer, listener);
    },
    close,
  };
}

/** Binds both servers, by flags, settings or to what is free; what had to give way is told with the settings. */
async function listenBoth(
  door: Server,
  page: Server,
  settings: SettingsStore,
  options: HostOptions,
): Promise<WorkbenchParts['addresses']> {
  const { ingestPort, uiPort } = settings.settings;
  const doorPort = { flag: options.ingestPort, wanted: ingestPort };
  const pagePort = { flag: options.uiPort, wanted: uiPort };
  const ingest = urlOf(await listenOnFirst(door, portsToTry('door', doorPort)));
  const ui = urlOf(await listenOnFirst(page, portsToTry('page', pagePort)));
  for (const sentence of [describePort('door', doorPort, ingest), describePort('page', pagePort, ui)]) {
    if (sentence !== undefined) settings.remark(sentence);
  }
  return { ingest, ui };
}

function storeWords(board: StatusBoard): Parameters<typeof openStore>[2] {
  return {
    onAvailability: (reason) => {
      board.setAvailability(reason);
    },
    onBug: (error) => {
      board.setError('The index of a segment could not be written; the next start reads it again.');
      reportBug(error);
    },
  };
}

interface WorkbenchParts {
  readonly store: TraceStore;
  readonly cleaner: Cleaner;
  readonly board: StatusBoard;
  readonly settings: SettingsStore;
  readonly importer: Importer;
  /** What became of imports that a crash broke off, for a person. */
  readonly resumed: readonly string[];
  readonly reports: ReportShelf;
  readonly budget: BodyBudget;
  readonly startedAt: string;
  readonly token: string;
  readonly dataDirectory: string;
  /** Empty until both listen. */
  readonly addresses: { ingest: string; ui: string };
}

function makeWorkbench(parts: WorkbenchParts): Workbench {
  const { store, board, settings, importer, token, cleaner, reports } = parts;
  return {
    store,
    board,
    settings,
    cleaner,
    reports,
    touched: new TouchedTraces(store.library),
    isToken: (text) => isSame(text, token),
    readStatus: () => readStatus(parts),
    readHealth: () => readHealth(parts),
    readPrices: () => readPrices(parts.dataDirectory),
    importPaths: async (importId, paths, bringBack) => {
      const reports = await importer.importPaths(importId, paths, bringBack);
      return reports;
    },
    cancelImport: (importId) => {
      importer.cancel(importId);
    },
    onImportProgress: (listener) => importer.onProgress(listener),
  };
}

async function readStatus({
  store,
  resumed,
  board,
  dataDirectory,
  addresses,
}: WorkbenchParts): Promise<HostStatus> {
  return {
    version: VERSION,
    journalId: store.journalId,
    ingest: addresses.ingest,
    dataDirectory,
    traces: store.library.traceCount,
    spans: store.library.spanCount,
    bytesOnDisk: await store.bytesOnDisk(),
    ...board.counts,
    notices: [...store.notices, ...resumed],
  };
}

/** Takes as long for a wrong token as for a right one. */
function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}
