/** Starts the desktop shell: what must be said before Electron is ready, then who is told of which event. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, ipcMain, session } from 'electron';
import { Desktop } from './desktop.ts';
import { readGivenFiles, readHandedFiles } from './given-files.ts';
import { findDataDirectory } from './host/data-directory.ts';
import { reportBug } from './host/report-bug.ts';
import { listStaticFiles } from './host/ui-server/static-files.ts';
import { guardContents, guardSession } from './page-guard.ts';
import { PORT_CHANNEL, READY_CHANNEL } from './page-origin.ts';
import { declarePageScheme, servePage } from './page-protocol.ts';

const dataDirectory = findDataDirectory(undefined);
// Chromium's own files stand apart from the journal; and one data directory has one window.
const ownDirectory = join(dataDirectory, 'desktop');
mkdirSync(ownDirectory, { recursive: true, mode: 0o700 });
app.setPath('userData', ownDirectory);
app.enableSandbox();
declarePageScheme();

const files = readGivenFiles(process.argv, process.cwd());
if (app.requestSingleInstanceLock({ files })) run();
else app.quit();

function run(): void {
  const rendererDirectory = join(import.meta.dirname, '../renderer');
  const desktop = new Desktop({
    dataDirectory,
    rendererDirectory,
    hostModule: join(import.meta.dirname, 'host-process.js'),
    statePath: join(ownDirectory, 'shell.json'),
    icons: join(import.meta.dirname, '../../resources/icons'),
  });
  const isElsewhere = (url: string): boolean => desktop.isElsewhere(url);
  app.on('web-contents-created', (_, contents) => {
    guardContents(contents, isElsewhere);
  });
  app.on('second-instance', (_, _words, _directory, handed) => {
    desktop.show();
    desktop.openFiles(readHandedFiles(handed));
  });
  // macOS hands files over this way, before it is ready too.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    desktop.openFiles(readHandedFiles({ files: [path] }));
  });
  app.on('activate', () => {
    desktop.show();
  });
  app.on('window-all-closed', () => {
    desktop.windowsClosed();
  });
  endWithHost(desktop);
  ipcMain.on(PORT_CHANNEL, (event) => {
    desktop.takePort(event);
  });
  ipcMain.on(READY_CHANNEL, (event) => {
    desktop.takeReady(event);
  });
  // Electron gets ready only once this file has been read to its end, so nothing may wait for it above.
  const ready = app.whenReady().then(async () => {
    guardSession(session.defaultSession, isElsewhere);
    servePage(await listStaticFiles(rendererDirectory), () => desktop.address);
    desktop.openFiles(files);
    desktop.start();
  });
  ready.catch((error: unknown) => {
    reportBug(error);
    dialog.showErrorBox(
      'Tracebench cannot run',
      error instanceof Error ? error.message : 'It failed to start.',
    );
    app.quit();
  });
}

/** Electron ends without waiting; the host writes its checkpoint first. */
function endWithHost(desktop: Desktop): void {
  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void desktop.end().finally(() => {
      ended = true;
      app.quit();
    });
  });
}
