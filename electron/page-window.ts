/** The one window: remembered in its place, closed to Node, brought back when its page crashes. */
import { join } from 'node:path';
import { BrowserWindow, dialog, screen } from 'electron';
import type { WordsToPage } from '../core/rpc/shell.ts';
import { passOver } from './host/pass-over.ts';
import { WORDS_CHANNEL } from './page-origin.ts';
import { findInSight, type ShellState } from './shell-state.ts';

export interface WindowParts {
  readonly url: string;
  readonly state: ShellState;
  readonly icon: string;
  /** Told before the window is gone, and where it was. */
  readonly onClose: (place: Pick<ShellState, 'bounds' | 'maximized'>) => void;
}

/** A page that crashes again so soon is not loaded again without a word. */
const CALM_MS = 30_000;
const SMALLEST = { minWidth: 640, minHeight: 400 };

export class PageWindow {
  readonly #window: BrowserWindow;
  readonly #waiting: WordsToPage[] = [];
  #listens = false;
  #crashedAtMs = -Infinity;

  constructor({ url, state, icon, onClose }: WindowParts) {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      ...findInSight(state.bounds, areas),
      ...SMALLEST,
      icon,
      title: 'Tracebench',
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        // Chromium would fetch dictionaries from outside.
        spellcheck: false,
      },
    });
    this.#window = window;
    if (state.maximized) window.maximize();
    window.on('close', () => {
      onClose({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    });
    // Not for steps within the page: those leave its scripts, and so its listener, alone.
    window.webContents.on('did-navigate', () => {
      this.#listens = false;
    });
    window.webContents.on('render-process-gone', (_, { reason }) => {
      this.#listens = false;
      if (reason !== 'clean-exit') void this.#revive(reason);
    });
    // What did not load shows Chromium's own page of why; the window stays.
    window.loadURL(url).catch(passOver);
  }

  /** Whether a message came from the page of this window. */
  isOf(contents: Electron.WebContents): boolean {
    return !this.#window.isDestroyed() && contents === this.#window.webContents;
  }

  show(): void {
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Tells the page at once, or as soon as it listens. */
  say(words: WordsToPage): void {
    if (this.#listens) this.#window.webContents.send(WORDS_CHANNEL, words);
    else this.#waiting.push(words);
  }

  /** The page has begun to listen, for the first time or after it was loaded again. */
  pageListens(): void {
    this.#listens = true;
    for (const words of this.#waiting.splice(0)) this.say(words);
  }

  /** In the taskbar or dock; undefined: nothing is under way. */
  showProgress(share: number | undefined): void {
    if (!this.#window.isDestroyed()) this.#window.setProgressBar(share ?? -1);
  }

  /** Asks for files. */
  async chooseFiles(): Promise<readonly string[]> {
    const { filePaths } = await dialog.showOpenDialog(this.#window, {
      title: 'Import trace files',
      properties: ['openFile', 'multiSelections'],
    });
    return filePaths;
  }

  async #revive(reason: string): Promise<void> {
    const nowMs = Date.now();
    const soon = nowMs - this.#crashedAtMs < CALM_MS;
    this.#crashedAtMs = nowMs;
    if (soon) {
      const { response } = await dialog.showMessageBox(this.#window, {
        type: 'error',
        message: 'The page ended again.',
        detail: `Chromium says: ${reason}. Nothing that was received is lost, and traces are still received.`,
        buttons: ['Load it again', 'Close the window'],
        cancelId: 1,
      });
      if (response === 1) {
        this.#window.destroy();
        return;
      }
    }
    if (!this.#window.isDestroyed()) this.#window.webContents.reload();
  }
}
