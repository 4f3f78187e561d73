/** The desktop shell: one host, one window, the menus and the tray, and the way of files into the library. */
import { join } from 'node:path';
import { app, dialog, Menu, Tray, type IpcMainEvent } from 'electron';
import { connectToHost } from './host/client/host-client.ts';
import type { HostWords } from './host/shell/words.ts';
import { VERSION } from './host/version.ts';
import { HostLink } from './host-link.ts';
import { makeApplicationMenu, makeTrayMenu, type MenuActions, type MenuState } from './menus.ts';
import { isPage } from './page-guard.ts';
import { PAGE_ORIGIN } from './page-origin.ts';
import type { HostAddress } from './page-protocol.ts';
import { PageWindow } from './page-window.ts';
import { addRecentFiles, readShellState, writeShellState, type ShellState } from './shell-state.ts';

export interface DesktopPlaces {
  readonly dataDirectory: string;
  readonly rendererDirectory: string;
  readonly hostModule: string;
  readonly statePath: string;
  readonly icons: string;
}

/** A host that ends so often on its own has a reason that starting it again does not mend. */
const MOST_RESTARTS = 3;
/** One that ran so long before has earned a new count. */
const CALM_MS = 10 * 60_000;
const IS_MAC = process.platform === 'darwin';

export class Desktop {
  /** Where the host serves its page over http; undefined while none runs. */
  address: HostAddress | undefined;
  readonly #places: DesktopPlaces;
  readonly #waiting: string[] = [];
  #state: ShellState;
  #host: HostLink | undefined;
  /** The page of another workbench that owns the data directory. */
  #elsewhere: HostAddress | undefined;
  #window: PageWindow | undefined;
  #tray: Tray | undefined;
  #restarts = 0;
  #hostStartedMs = 0;

  constructor(places: DesktopPlaces) {
    this.#places = places;
    this.#state = readShellState(places.statePath, IS_MAC);
  }

  /** Called once Electron is ready. */
  start(): void {
    this.#tray = new Tray(join(this.#places.icons, IS_MAC ? 'trayTemplate.png' : 'tray.png'));
    this.#tray.setToolTip('Tracebench');
    this.#tray.on('click', () => {
      this.show();
    });
    this.#showMenus();
    this.#startHost();
  }

  /** Whether an address is the page of the workbench that this window shows over http. */
  isElsewhere(url: string): boolean {
    const ui = this.#elsewhere?.ui;
    return ui !== undefined && `${url.replace(/^ws:/, 'http:')}/`.startsWith(`${ui}/`);
  }

  show(): void {
    if (this.#window !== undefined) this.#window.show();
    else if (this.address !== undefined) this.#openWindow();
  }

  /** Imports files: through the page, where the report is seen. */
  openFiles(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#change({ recentFiles: addRecentFiles(this.#state.recentFiles, paths) });
    for (const path of paths) app.addRecentDocument(path);
    if (this.#elsewhere !== undefined) void importElsewhere(this.#elsewhere, paths);
    else if (this.#window !== undefined) this.#window.say({ kind: 'files', paths });
    else this.#waiting.push(...paths);
  }

  /** A page asks for a line to the host. */
  takePort(event: Pick<IpcMainEvent, 'sender' | 'senderFrame' | 'ports'>): void {
    const [port, ...more] = event.ports;
    if (port !== undefined && more.length === 0 && this.#isOwn(event) && this.#host !== undefined) {
      this.#host.connect(port);
    } else {
      for (const each of event.ports) each.close();
    }
  }

  takeReady(event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): void {
    if (this.#isOwn(event)) this.#window?.pageListens();
  }

  windowsClosed(): void {
    if (!this.#state.keepListening) app.quit();
  }

  /** Resolves when the host has written what it had. */
  async end(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    await host?.close();
  }

  #isOwn({ sender, senderFrame }: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): boolean {
    return this.#window?.isOf(sender) === true && isPage(senderFrame);
  }

  #startHost(): void {
    this.#hostStartedMs = Date.now();
    const { dataDirectory, rendererDirectory, hostModule } = this.#places;
    const ports = {
      ...portFrom('ingestPort', 'TRACEBENCH_INGEST_PORT'),
      ...portFrom('uiPort', 'TRACEBENCH_PORT'),
    };
    this.#host = new HostLink(
      hostModule,
      { dataDirectory, rendererDirectory, ...ports },
      {
        onWords: (words) => {
          this.#hear(words);
        },
        onEnd: (code, asked) => {
          if (!asked) this.#hostEnded(code);
        },
      },
    );
  }

  #hear(words: HostWords): void {
    switch (words.kind) {
      case 'started':
        this.address = words;
        this.#openWindow();
        break;
      case 'elsewhere':
        if (words.version === VERSION) {
          this.address = words;
          this.#elsewhere = words;
          this.#openWindow();
        } else {
          this.#giveUp(
            `Tracebench ${words.version} already runs over this data; this is ${VERSION}. End it first.`,
          );
        }
        break;
      case 'failed':
        this.#giveUp(words.message);
        break;
      case 'importing':
        this.#window?.showProgress(words.share);
        break;
    }
  }

  /** Code 0: somebody ended it on purpose, by the id in `host.json`. */
  #hostEnded(code: number): void {
    this.#host = undefined;
    if (Date.now() - this.#hostStartedMs > CALM_MS) this.#restarts = 0;
    if (code === 0) app.quit();
    else if (++this.#restarts > MOST_RESTARTS) {
      this.#giveUp('The host ended again and again. What was acknowledged is kept in the journal.');
    } else this.#startHost();
  }

  #giveUp(message: string): void {
    dialog.showErrorBox('Tracebench cannot run', message);
    app.quit();
  }

  #openWindow(): void {
    if (this.#window !== undefined) return;
    const elsewhere = this.#elsewhere;
    this.#window = new PageWindow({
      url: elsewhere === undefined ? `${PAGE_ORIGIN}/` : `${elsewhere.ui}/#t=${elsewhere.token}`,
      state: this.#state,
      icon: join(this.#places.icons, '512x512.png'),
      onClose: (place) => {
        this.#change(place);
        this.#window = undefined;
      },
    });
    this.openFiles(this.#waiting.splice(0));
  }

  #change(change: Partial<ShellState>): void {
    this.#state = { ...this.#state, ...change };
    writeShellState(this.#places.statePath, this.#state);
    this.#showMenus();
  }

  #showMenus(): void {
    const { keepListening, recentFiles } = this.#state;
    const state: MenuState = { keepListening, recentFiles, isMac: IS_MAC, isDevelopment: !app.isPackaged };
    const actions = this.#menuActions();
    Menu.setApplicationMenu(Menu.buildFromTemplate(makeApplicationMenu(state, actions)));
    this.#tray?.setContextMenu(Menu.buildFromTemplate(makeTrayMenu(state, actions)));
  }

  #menuActions(): MenuActions {
    return {
      command: (command) => {
        this.show();
        this.#window?.say({ kind: 'command', command });
      },
      chooseFiles: () => {
        this.show();
        void this.#window?.chooseFiles().then((paths) => {
          this.openFiles(paths);
        });
      },
      openFiles: (paths) => {
        this.show();
        this.openFiles(paths);
      },
      setKeepListening: (keepListening) => {
        this.#change({ keepListening });
      },
      show: () => {
        this.show();
      },
      quit: () => {
        app.quit();
      },
    };
  }
}

/** The window shows another workbench's page, which cannot be told of files: they go to its host. */
async function importElsewhere(address: HostAddress, paths: readonly string[]): Promise<void> {
  try {
    const client = await connectToHost(address);
    await client.importPaths(paths);
    await client.close();
  } catch (error) {
    dialog.showErrorBox(
      'The files were not imported',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** A port of the environment, for tests and for who runs two workbenches. */
function portFrom<Key extends string>(key: Key, name: string): { readonly [Each in Key]?: number } {
  const text = process.env[name] ?? '';
  const ports: { [Each in Key]?: number } = {};
  if (/^\d{1,5}$/.test(text)) ports[key] = Number(text);
  return ports;
}
