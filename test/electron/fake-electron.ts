/**
 * As much of Electron as main uses, held to Electron's own types, so that a change of its API fails the type
 * check. It proves wiring only: that Electron does what it is told here is seen where its binary runs.
 */
import { EventEmitter } from 'node:events';
import type * as electron from 'electron';
import { vi } from 'vitest';

/** The members of a part of Electron with their parameters; what a fake returns is the fake's own matter. */
type Members<T> = {
  readonly [Member in keyof T]?: T[Member] extends (...words: infer Words) => unknown
    ? (...words: Words) => unknown
    : T[Member];
};
type Faked<T> = { readonly [Name in keyof T]: Members<T[Name]> };

export class FakePort implements Pick<electron.MessagePortMain, 'close'> {
  readonly close = vi.fn();
}

export class FakeChild extends EventEmitter implements Pick<electron.UtilityProcess, 'postMessage' | 'kill'> {
  readonly postMessage = vi.fn<(words: unknown, ports?: unknown[]) => void>();
  readonly kill = vi.fn(() => this.emit('exit', 1));
}

class FakeContents
  extends EventEmitter
  implements Pick<electron.WebContents, 'send' | 'reload' | 'setWindowOpenHandler'>
{
  readonly send = vi.fn();
  readonly reload = vi.fn();
  readonly setWindowOpenHandler = vi.fn<electron.WebContents['setWindowOpenHandler']>();
}

export class BrowserWindow
  extends EventEmitter
  implements
    Pick<
      electron.BrowserWindow,
      | 'destroy'
      | 'focus'
      | 'getNormalBounds'
      | 'isDestroyed'
      | 'isMaximized'
      | 'isMinimized'
      | 'loadURL'
      | 'maximize'
      | 'restore'
      | 'setProgressBar'
      | 'show'
    >
{
  static readonly made: BrowserWindow[] = [];
  readonly options: electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  bounds = { x: 10, y: 20, width: 900, height: 700 };
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly restore = vi.fn();
  readonly maximize = vi.fn();
  readonly destroy = vi.fn();
  readonly setProgressBar = vi.fn<(share: number) => void>();
  readonly loadURL = vi.fn<(url: string) => Promise<void>>(() => Promise.resolve());

  constructor(options: electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.made.push(this);
    // As Electron does for every contents it makes.
    app.emit('web-contents-created', {}, this.webContents);
  }
  isDestroyed = (): boolean => false;
  isMaximized = (): boolean => false;
  isMinimized = (): boolean => false;
  getNormalBounds = (): electron.Rectangle => this.bounds;
}

export class Tray extends EventEmitter implements Pick<electron.Tray, 'setContextMenu' | 'setToolTip'> {
  static readonly made: Tray[] = [];
  readonly setToolTip = vi.fn();
  readonly setContextMenu = vi.fn<electron.Tray['setContextMenu']>();
  constructor() {
    super();
    Tray.made.push(this);
  }
}

export const children: FakeChild[] = [];
/** The templates of all menus, the newest last. */
export const templates: (electron.MenuItemConstructorOptions | electron.MenuItem)[][] = [];
export const schemes: electron.CustomScheme[] = [];

const parts = {
  app: {
    isPackaged: true,
    addRecentDocument: vi.fn<(path: string) => void>(),
    enableSandbox: vi.fn(),
    quit: vi.fn(),
    requestSingleInstanceLock: vi.fn<(handed?: Record<string, unknown>) => boolean>(() => true),
    setPath: vi.fn<(name: string, path: string) => void>(),
    whenReady: vi.fn(() => Promise.resolve()),
  },
  dialog: {
    showErrorBox: vi.fn<(title: string, content: string) => void>(),
    showMessageBox: vi.fn(() => Promise.resolve({ response: 0, checkboxChecked: false })),
    showOpenDialog: vi.fn(() => Promise.resolve({ canceled: true, filePaths: [] })),
  },
  ipcMain: {},
  Menu: {
    buildFromTemplate: vi.fn((template: (electron.MenuItemConstructorOptions | electron.MenuItem)[]) => {
      templates.push(template);
    }),
    setApplicationMenu: vi.fn(),
  },
  protocol: {
    handle: vi.fn<electron.Protocol['handle']>(),
    registerSchemesAsPrivileged: vi.fn((given: electron.CustomScheme[]) => {
      schemes.push(...given);
    }),
  },
  screen: {
    getAllDisplays: vi.fn(() => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]),
  },
  utilityProcess: {
    fork: vi.fn(() => {
      const child = new FakeChild();
      children.push(child);
      return child;
    }),
  },
} satisfies Faked<
  Pick<typeof electron, 'app' | 'dialog' | 'ipcMain' | 'Menu' | 'protocol' | 'screen' | 'utilityProcess'>
>;

const defaultSession = {
  setDevicePermissionHandler: vi.fn<electron.Session['setDevicePermissionHandler']>(),
  setPermissionCheckHandler: vi.fn<electron.Session['setPermissionCheckHandler']>(),
  setPermissionRequestHandler: vi.fn<electron.Session['setPermissionRequestHandler']>(),
} satisfies Members<electron.Session>;
const webRequest = {
  onBeforeRequest:
    vi.fn<
      (
        listener: (
          details: Pick<electron.OnBeforeRequestListenerDetails, 'url'>,
          answer: (response: electron.CallbackResponse) => void,
        ) => void,
      ) => void
    >(),
} satisfies { readonly [Member in keyof Pick<electron.WebRequest, 'onBeforeRequest'>]: unknown };

export const app = Object.assign(new EventEmitter(), parts.app);
export const ipcMain = Object.assign(new EventEmitter(), parts.ipcMain);
export const { dialog, Menu, protocol, screen, utilityProcess } = parts;
export const session = { defaultSession: { ...defaultSession, webRequest } };
