/** `serve`: the host, with the browser as its window. */
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { startHost, type Host } from '../../electron/host/host.ts';
import { findHost } from '../../electron/host/owner/find-host.ts';
import type { HostFile } from '../../electron/host/owner/host-file.ts';
import type { LockHolder } from '../../electron/host/owner/owner-lock.ts';
import { findRendererDirectory } from '../../electron/host/renderer-directory.ts';
import { VERSION } from '../../electron/host/version.ts';
import { openBrowser, removeStaleRedirects } from '../open-browser.ts';
import { ExitCode, print, printJson, say } from '../output.ts';
import { nextSignal } from '../signals.ts';

export interface ServeOptions {
  readonly ingestPort?: number;
  readonly port?: number;
  readonly data?: string;
  readonly open: boolean;
  readonly json?: boolean;
}

interface Line {
  /** With the token, ready to be opened. */
  readonly ui: string;
  readonly ingest: string;
  readonly data: string;
  readonly pid: number;
}

/** A close that takes longer is given up: the journal needs no close to be whole. */
const CLOSE_MS = 4000;
const PATIENCE_MS = 5000;

export async function serve(options: ServeOptions): Promise<ExitCode> {
  const dataDirectory = findDataDirectory(options.data);
  const ended = nextSignal(['SIGINT', 'SIGTERM', 'SIGHUP']);
  const start = await startHost({
    dataDirectory,
    ingestPort: options.ingestPort,
    uiPort: options.port,
    rendererDirectory: findRendererDirectory(import.meta.dirname),
  });
  if (start.kind === 'held') return await openRunning(dataDirectory, start.by, options);
  const { host } = start;
  await removeStaleRedirects(dataDirectory);
  for (const notice of host.notices) say(notice);
  const line = { ui: withToken(host), ingest: host.ingest, data: dataDirectory, pid: process.pid };
  await tell(line, options);
  const closeBrowserFile = options.open ? await openBrowser(dataDirectory, line.ui) : undefined;
  await ended;
  // `process.exit` waits for threads that a stuck disk may hold for ever.
  const timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), CLOSE_MS);
  await closeBrowserFile?.();
  await removeStaleRedirects(dataDirectory);
  await host.close();
  clearTimeout(timer);
  return ExitCode.done;
}

/** A second start opens the one that runs, where both are of the same version. */
async function openRunning(
  dataDirectory: string,
  holder: LockHolder,
  options: ServeOptions,
): Promise<ExitCode> {
  const found = await findHost(dataDirectory, PATIENCE_MS);
  if (found.kind === 'none') return await serve(options);
  if (found.kind === 'busy') {
    say(`Process ${String(holder.pid)} is writing to this data directory; try again when it is done.`);
    return ExitCode.partial;
  }
  const { host } = found;
  if (host.version !== VERSION) {
    say(
      `Tracebench ${host.version} already runs over this data directory (process ${String(host.pid)}); ` +
        `this is ${VERSION}. End it first.`,
    );
    return ExitCode.partial;
  }
  say('Tracebench already runs over this data directory.');
  const line = { ui: withToken(host), ingest: host.ingest, data: dataDirectory, pid: host.pid };
  await tell(line, options);
  if (options.open) await openBrowser(dataDirectory, line.ui);
  return ExitCode.done;
}

function withToken({ ui, token }: Pick<Host | HostFile, 'ui' | 'token'>): string {
  return `${ui}/#t=${token}`;
}

async function tell(line: Line, options: ServeOptions): Promise<void> {
  if (options.json === true) await printJson(line);
  else {
    await print(`Tracebench is at ${line.ui}\nTracing SDKs post to ${line.ingest}/v1/traces/ingest\n`);
    await print(`Data: ${line.data}\n`);
  }
}
