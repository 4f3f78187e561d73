/** The desktop shell: one window around the page, with nothing of Node in reach of it. */
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

function openWindow(): void {
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
  void window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
}

app.on('window-all-closed', () => {
  app.quit();
});
void app.whenReady().then(openWindow);
