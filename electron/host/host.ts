/**
 * The host: owner of one data directory, with the door, the page's server and the store behind both. Plain
 * Node, so that the desktop shell and the command line run the same one.
 */
import type { Server } from 'node:http';
import type { Clock } from '../../core/model/time.ts';
import type { Port } from '../../core/rpc/connection.ts';
import { keepClean } from './cleanup/keep-clean.ts';
import type { DoorLimits } from './door/door.ts';
import { openDoor, openSpill } from './open-intakes.ts';
import { closeServer, listenOnFirst } from './listen.ts';
import { removeHostFile, writeHostFile } from './owner/host-file.ts';
import { ShellPages, watchImports } from './shell/shell-pages.ts';
import { acquireOwnerLock, type LockHolder, type OwnerLock } from './owner/owner-lock.ts';
import { describePort, portsToTry } from './settings/ports-to-try.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { listStaticFiles } from './ui-server/static-files.ts';
import { createUiServer } from './ui-server/ui-server.ts';
import { VERSION } from './version.ts';
import { reportBug } from './report-bug.ts';
import { closeHostParts, makeWorkbench, openHostParts, type HostParts } from './host-parts.ts';

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

async function startOwned(options: HostOptions, lock: OwnerLock): Promise<Host> {
  const { dataDirectory, clock = systemClock } = options;
  const parts = await openHostParts(dataDirectory, options.doorLimits, clock);
  const { store, intake, board, settings, importer, token, addresses, startedAt } = parts;
  const { gate } = intake;
  const door = openDoor({ ...parts, gate, clock, limits: options.doorLimits });
  const spill = openSpill(store, gate, board, clock, dataDirectory);
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
      parts.search.stop();
      await Promise.all([...closing, importer.close(), spill.close(), stopCleaning?.()]);
      await closeHostParts(parts);
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
): Promise<HostParts['addresses']> {
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

function urlOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}
