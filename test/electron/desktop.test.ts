/** Wiring only, over a fake Electron: what main does when something happens to it, its page or its host. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import { VERSION } from '../../electron/host/version.ts';
import {
  hostStarted,
  OWN_FRAME,
  STARTED,
  startOpenShell,
  startShell,
  writeState,
  type ShellInTest,
} from './shell-in-test.ts';

/** The page listens from here on. */
function listen({ electron, window }: ShellInTest): void {
  electron.ipcMain.emit('tracebench:ready', { sender: window().webContents, senderFrame: OWN_FRAME });
}

type Item = MenuItemConstructorOptions | MenuItem;

/** The newest item of this label in any menu. */
function findItem({ electron }: ShellInTest, label: string): Item | undefined {
  const walk = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? walk(item.submenu) : [])]);
  return electron.templates.flatMap(walk).findLast((item) => item.label === label);
}

function click(shell: ShellInTest, label: string, checked = false): void {
  const item = findItem(shell, label);
  expect(item?.click).toBeDefined();
  Reflect.apply(item?.click ?? vi.fn(), undefined, [{ checked }]);
}

describe('wiring: a second start', () => {
  it('hands its files to the first and starts nothing', async () => {
    const file = import.meta.filename;
    const words = ['--remote-debugging-port=1', file, '--data=x', join(file, 'missing')];
    const { electron } = await startShell((fake) => {
      fake.app.requestSingleInstanceLock.mockReturnValue(false);
    }, words);
    expect(electron.app.requestSingleInstanceLock).toHaveBeenCalledWith({ files: [file] });
    expect(electron.app.quit).toHaveBeenCalledOnce();
    expect(electron.children).toEqual([]);
  });

  it('shows the window of the first, which imports its files and takes nothing else of it', async () => {
    const shell = await startOpenShell();
    listen(shell);
    const file = import.meta.filename;
    const handed = [
      { files: [file, 'relative.jsonl', '--data=/x', 7, join(file, 'missing'), import.meta.dirname] },
      { files: 'text' },
      undefined,
    ];
    for (const each of handed) {
      shell.electron.app.emit('second-instance', {}, ['--inspect', file], '/', each);
    }
    const words = { kind: 'files', paths: [file] };
    expect(shell.window().show).toHaveBeenCalledTimes(3);
    expect(shell.window().webContents.send.mock.calls).toEqual([['tracebench:words', words]]);
    expect(shell.electron.app.addRecentDocument.mock.calls).toEqual([[file]]);
  });
});

describe('wiring: files', () => {
  it('that macOS opens with the application wait for the page, and are told again to nobody', async () => {
    const shell = await startShell();
    const preventDefault = vi.fn();
    shell.electron.app.emit('open-file', { preventDefault }, import.meta.filename);
    expect(preventDefault).toHaveBeenCalledOnce();
    await hostStarted(shell);
    shell.hostSays(STARTED);
    const { send } = shell.window().webContents;
    expect(send).not.toHaveBeenCalled();
    listen(shell);
    const words = { kind: 'files', paths: [import.meta.filename] };
    expect(send).toHaveBeenCalledExactlyOnceWith('tracebench:words', words);
    shell.window().webContents.emit('did-navigate');
    listen(shell);
    expect(send).toHaveBeenCalledOnce();
  });

  it('are asked for from the menu, and remembered there', async () => {
    const shell = await startOpenShell();
    listen(shell);
    const path = join(shell.directory, 'R&D.trace.jsonl');
    await writeFile(path, '');
    shell.electron.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [path] } as never);
    click(shell, 'Import Files…');
    await vi.waitFor(() => {
      expect(shell.window().webContents.send).toHaveBeenCalledOnce();
    });
    click(shell, 'R&&D.trace.jsonl');
    expect(shell.window().webContents.send).toHaveBeenCalledTimes(2);
    const state: unknown = JSON.parse(await readFile(join(shell.directory, 'desktop', 'shell.json'), 'utf8'));
    expect(state).toMatchObject({ recentFiles: [path] });
  });

  it('show in the taskbar how far their import is', async () => {
    const shell = await startOpenShell();
    shell.hostSays({ kind: 'importing', share: 0.25 });
    shell.hostSays({ kind: 'importing', share: undefined });
    expect(shell.window().setProgressBar.mock.calls).toEqual([[0.25], [-1]]);
  });
});

describe('wiring: the window', () => {
  it('opens where it was, if that is still on a screen', async () => {
    const bounds = { x: 100, y: 50, width: 1000, height: 600 };
    const seen = await startOpenShell((_, directory) => writeState(directory, { bounds, maximized: true }));
    expect(seen.window().options).toMatchObject(bounds);
    expect(seen.window().maximize).toHaveBeenCalledOnce();
    const gone = await startOpenShell((_, directory) =>
      writeState(directory, { bounds: { ...bounds, x: 5000 } }),
    );
    expect(gone.window().options).toMatchObject({ width: 1280, height: 800 });
    expect(gone.window().options).not.toHaveProperty('x');
  });

  it('remembers its place when it closes', async () => {
    const shell = await startOpenShell();
    shell.window().emit('close');
    const state: unknown = JSON.parse(await readFile(join(shell.directory, 'desktop', 'shell.json'), 'utf8'));
    expect(state).toMatchObject({ bounds: { x: 10, y: 20, width: 900, height: 700 }, maximized: false });
  });

  it('ends the application when it is closed, unless it is to keep listening', async () => {
    const shell = await startOpenShell((_, directory) => writeState(directory, { keepListening: false }));
    shell.electron.app.emit('window-all-closed');
    expect(shell.electron.app.quit).toHaveBeenCalledOnce();
    click(shell, 'Keep Listening When the Window Is Closed', true);
    expect(findItem(shell, 'Keep Listening When the Window Is Closed')?.checked).toBe(true);
    shell.window().emit('close');
    shell.electron.app.emit('window-all-closed');
    expect(shell.electron.app.quit).toHaveBeenCalledOnce();
    click(shell, 'Open Tracebench');
    expect(shell.electron.BrowserWindow.made).toHaveLength(2);
  });

  it('loads a crashed page again, and asks before it does so a second time', async () => {
    const shell = await startOpenShell();
    const { webContents } = shell.window();
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(webContents.reload).not.toHaveBeenCalled();
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    await vi.waitFor(() => {
      expect(webContents.reload).toHaveBeenCalledOnce();
    });
    expect(shell.electron.dialog.showMessageBox).not.toHaveBeenCalled();
    shell.electron.dialog.showMessageBox.mockResolvedValue({ response: 1, checkboxChecked: false });
    webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    await vi.waitFor(() => {
      expect(shell.window().destroy).toHaveBeenCalledOnce();
    });
    expect(webContents.reload).toHaveBeenCalledOnce();
  });
});

describe('wiring: the host', () => {
  it('gets the data directory and the page, and its ports from the environment', async () => {
    vi.stubEnv('TRACEBENCH_INGEST_PORT', '0');
    vi.stubEnv('TRACEBENCH_PORT', 'no number');
    const shell = await startShell();
    await hostStarted(shell);
    expect(shell.told()).toEqual([
      {
        kind: 'start',
        options: {
          dataDirectory: shell.directory,
          rendererDirectory: expect.stringMatching(/renderer$/) as string,
          ingestPort: 0,
        },
      },
    ]);
  });

  it('is started again when it crashes, until that is no use', async () => {
    const shell = await startOpenShell();
    for (let times = 2; times <= 4; times++) {
      shell.child().emit('exit', 1);
      await hostStarted(shell, times);
      shell.hostSays(STARTED);
    }
    expect(shell.electron.BrowserWindow.made).toHaveLength(1);
    expect(shell.electron.dialog.showErrorBox).not.toHaveBeenCalled();
    shell.child().emit('exit', 1);
    expect(shell.electron.dialog.showErrorBox).toHaveBeenCalledOnce();
    expect(shell.electron.app.quit).toHaveBeenCalledOnce();
  });

  it('ends the application with it when somebody ended it on purpose', async () => {
    const shell = await startOpenShell();
    shell.child().emit('exit', 0);
    expect(shell.electron.app.quit).toHaveBeenCalledOnce();
    expect(shell.electron.children).toHaveLength(1);
  });

  it('is closed before the application ends, and waited for', async () => {
    const shell = await startOpenShell();
    const preventDefault = vi.fn();
    shell.electron.app.emit('will-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(shell.told().at(-1)).toEqual({ kind: 'close' });
    expect(shell.electron.app.quit).not.toHaveBeenCalled();
    shell.child().emit('exit', 0);
    await vi.waitFor(() => {
      expect(shell.electron.app.quit).toHaveBeenCalledOnce();
    });
    shell.electron.app.emit('will-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it('is killed when it takes too long', async () => {
    const shell = await startOpenShell();
    vi.useFakeTimers();
    shell.electron.app.emit('will-quit', { preventDefault: vi.fn() });
    vi.advanceTimersByTime(4000);
    vi.useRealTimers();
    expect(shell.child().kill).toHaveBeenCalledOnce();
  });

  it('says what keeps it from starting', async () => {
    const shell = await startShell();
    await hostStarted(shell);
    shell.hostSays({ kind: 'failed', message: 'The disk is gone.' });
    expect(shell.electron.dialog.showErrorBox).toHaveBeenCalledWith(
      'Tracebench cannot run',
      'The disk is gone.',
    );
    expect(shell.electron.BrowserWindow.made).toEqual([]);
  });

  it('of another workbench over the same data is shown, where it is of this version', async () => {
    const shell = await startShell();
    await hostStarted(shell);
    const { ui, token } = STARTED;
    shell.hostSays({ kind: 'elsewhere', ui, token, version: VERSION });
    expect(shell.window().loadURL).toHaveBeenCalledWith(`${ui}/#t=${token}`);
    const other = await startShell();
    await hostStarted(other);
    other.hostSays({ kind: 'elsewhere', ui, token, version: '0.0.1' });
    expect(other.electron.BrowserWindow.made).toEqual([]);
    expect(other.electron.dialog.showErrorBox).toHaveBeenCalledOnce();
  });
});
