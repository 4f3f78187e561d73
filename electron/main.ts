/** The desktop shell: one window around the page of the host that it owns, with nothing of Node in its reach. */
import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { findDataDirectory } from './host/data-directory.ts';
import { startHost } from './host/host.ts';
import { findHost } from './host/owner/find-host.ts';

const PATIENCE_MS = 5_000;

/** Where a page of this data directory is served, and what lets it in. */
interface PageAddress {
  readonly ui: string;
  readonly token: string;
}

/** Starts the host, or finds the one that already owns the data directory. */
async function findPage(): Promise<PageAddress> {
  const dataDirectory = findDataDirectory(undefined);
  const rendererDirectory = join(import.meta.dirname, '../renderer');
  const start = await startHost({ dataDirectory, rendererDirectory });
  if (start.kind === 'started') {
    closeWithApp(() => start.host.close());
    return start.host;
  }
  const found = await findHost(dataDirectory, PATIENCE_MS);
  if (found.kind === 'running') return found.host;
  throw new Error(`Process ${String(start.by.pid)} holds the data directory and serves no page.`);
}

/** Electron ends without waiting; the host writes its checkpoint first. */
function closeWithApp(close: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    void close().finally(() => {
      app.quit();
    });
  });
}

async function openWindow({ ui, token }: PageAddress): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  // A trace may hold any link; none of them may replace the page or open a window of its own.
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  await window.loadURL(`${ui}/#t=${token}`);
}

app.on('window-all-closed', () => {
  app.quit();
});
// Electron gets ready only once this file has been read to its end, so waiting for it here would wait for ever.
void app.whenReady().then(findPage).then(openWindow);
