/** The menus of application and tray, as data: the platform's own roles, and the commands of the page. */
import type { MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';
import type { PageCommand } from '../core/rpc/shell.ts';

/** What a menu can set off. */
export interface MenuActions {
  command(command: PageCommand): void;
  chooseFiles(): void;
  openFiles(paths: readonly string[]): void;
  setKeepListening(keep: boolean): void;
  show(): void;
  quit(): void;
}

/** What a menu shows of the shell. */
export interface MenuState {
  readonly keepListening: boolean;
  readonly recentFiles: readonly string[];
  readonly isMac: boolean;
  /** Not a packaged application: the tools of a developer are in reach. */
  readonly isDevelopment: boolean;
}

export function makeApplicationMenu(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const go = (label: string, command: PageCommand): MenuItemConstructorOptions => ({
    label,
    click: () => {
      actions.command(command);
    },
  });
  return [
    ...(state.isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: makeFileMenu(state, actions) },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        go('Library', 'library'),
        go('Handoff Map', 'map'),
        go('Insights', 'insights'),
        go('Search Contents', 'contents'),
        go('Findings', 'findings'),
        go('Plugins', 'plugins'),
        go('Audit Log', 'audit'),
        go('Connect a Program', 'connect'),
        go('Health', 'health'),
        go('Change Colours', 'colours'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(state.isDevelopment ? ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [go('Keys', 'help')] },
  ];
}

function makeFileMenu(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const recent = state.recentFiles.map((path): MenuItemConstructorOptions => {
    return {
      // A lone & would make the next letter a key.
      label: basename(path).replaceAll('&', '&&'),
      toolTip: path,
      click: () => {
        actions.openFiles([path]);
      },
    };
  });
  return [
    { label: 'Import Files…', accelerator: 'CmdOrCtrl+O', click: () => actions.chooseFiles() },
    { label: 'Import Again', enabled: recent.length > 0, submenu: recent },
    { type: 'separator' },
    keepListeningItem(state, actions),
    {
      label: 'Settings…',
      accelerator: 'CmdOrCtrl+,',
      click: () => {
        actions.command('settings');
      },
    },
    { type: 'separator' },
    { role: state.isMac ? 'close' : 'quit' },
  ];
}

export function makeTrayMenu(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    { label: 'Open Tracebench', click: () => actions.show() },
    keepListeningItem(state, actions),
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ];
}

function keepListeningItem({ keepListening }: MenuState, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'Keep Listening When the Window Is Closed',
    type: 'checkbox',
    checked: keepListening,
    click: ({ checked }) => {
      actions.setKeepListening(checked);
    },
  };
}
