/** Wiring only, over a fake Electron: every setting that keeps a page in its place is given to Electron. */
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startHost } from '../../electron/host/host.ts';
import { makeTemporaryDirectory } from './host/temporary-directory.ts';
import { FakePort } from './fake-electron.ts';
import { OWN_FRAME, STARTED, startOpenShell, startShell, hostStarted } from './shell-in-test.ts';

describe('wiring: before Electron is ready', () => {
  it('sandboxes every renderer and declares the scheme standard and secure, without further rights', async () => {
    const { electron } = await startShell((fake) => {
      fake.app.whenReady.mockReturnValue(new Promise(() => undefined));
    });
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce();
    expect(electron.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
    expect(electron.children).toEqual([]);
  });

  it('keeps what Chromium writes apart from the journal', async () => {
    const { electron, directory } = await startShell();
    expect(electron.app.setPath).toHaveBeenCalledWith('userData', join(directory, 'desktop'));
  });
});

describe('wiring: the window', () => {
  it('gives the page neither Node nor webviews nor a spellchecker that asks outside', async () => {
    const { window } = await startOpenShell();
    const { preload, ...preferences } = window().options.webPreferences ?? {};
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    });
    expect(preload).toMatch(/preload[\\/]preload\.cjs$/);
    expect(window().loadURL).toHaveBeenCalledWith('app://workbench/');
  });

  it('lets no page open windows, attach webviews, or go to a foreign address', async () => {
    const { window } = await startOpenShell();
    const { webContents } = window();
    const [open] = webContents.setWindowOpenHandler.mock.calls[0] ?? [];
    expect(open?.({} as Electron.HandlerDetails)).toEqual({ action: 'deny' });
    const goes = (event: string, url: string): boolean => {
      const preventDefault = vi.fn();
      webContents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length === 0;
    };
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(goes(event, 'https://outside.example/')).toBe(false);
      expect(goes(event, 'http://127.0.0.1:1/')).toBe(false);
      expect(goes(event, 'file:///etc/passwd')).toBe(false);
      expect(goes(event, 'app://workbench.evil/')).toBe(false);
      expect(goes(event, 'app://workbench/')).toBe(true);
    }
    expect(goes('will-attach-webview', 'app://workbench/')).toBe(false);
  });

  it('grants persistent storage and copying to the page, and nothing else to anybody', async () => {
    const { electron } = await startOpenShell();
    const { defaultSession } = electron.session;
    const [request] = defaultSession.setPermissionRequestHandler.mock.calls[0] ?? [];
    const [check] = defaultSession.setPermissionCheckHandler.mock.calls[0] ?? [];
    const [device] = defaultSession.setDevicePermissionHandler.mock.calls[0] ?? [];
    const asks = (permission: string, frame: object): boolean => {
      const answer = vi.fn<(granted: boolean) => void>();
      Reflect.apply(request ?? answer, undefined, [{ mainFrame: frame }, permission, answer, {}]);
      return answer.mock.calls[0]?.[0] === true;
    };
    const checks = (permission: string, origin: string): unknown =>
      Reflect.apply(check ?? vi.fn(), undefined, [null, permission, origin, {}]);
    for (const permission of ['persistent-storage', 'clipboard-sanitized-write']) {
      expect(asks(permission, OWN_FRAME)).toBe(true);
      expect(asks(permission, { ...OWN_FRAME, origin: 'https://outside.example' })).toBe(false);
      expect(checks(permission, 'app://workbench/')).toBe(true);
      expect(checks(permission, 'https://outside.example/')).toBe(false);
    }
    const denied = [
      'clipboard-read',
      'geolocation',
      'media',
      'notifications',
      'openExternal',
      'usb',
      'unknown',
    ];
    for (const permission of denied) {
      expect(asks(permission, OWN_FRAME)).toBe(false);
      expect(checks(permission, 'app://workbench/')).toBe(false);
    }
    expect(Reflect.apply(device ?? vi.fn(), undefined, [{}])).toBe(false);
  });

  it('cancels every request that leaves the machine or reads it', async () => {
    const { electron } = await startOpenShell();
    const [listener] = electron.session.defaultSession.webRequest.onBeforeRequest.mock.calls[0] ?? [];
    const isCancelled = (url: string): unknown => {
      const answer = vi.fn<(response: { cancel?: boolean }) => void>();
      listener?.({ url }, answer);
      return answer.mock.calls[0]?.[0].cancel;
    };
    for (const url of [
      'https://a.example/',
      'http://127.0.0.1:1/',
      'ws://a.example/',
      'file:///etc/passwd',
    ]) {
      expect(isCancelled(url)).toBe(true);
    }
    expect(isCancelled('app://workbench/assets/a.js')).toBe(false);
  });
});

describe('wiring: a message', () => {
  it('of the page hands its port to the host', async () => {
    const { electron, window, child } = await startOpenShell();
    const port = new FakePort();
    const sender = window().webContents;
    electron.ipcMain.emit('tracebench:port', { sender, senderFrame: OWN_FRAME, ports: [port] });
    expect(child().postMessage).toHaveBeenLastCalledWith({ kind: 'connect' }, [port]);
    expect(port.close).not.toHaveBeenCalled();
  });

  it('of an unknown sender is not heard, and its ports are closed', async () => {
    const { electron, window, told } = await startOpenShell();
    const own = window().webContents;
    const strangers = [
      { sender: {}, senderFrame: OWN_FRAME },
      { sender: own, senderFrame: null },
      { sender: own, senderFrame: { parent: OWN_FRAME, origin: 'app://workbench' } },
      { sender: own, senderFrame: { parent: null, origin: 'http://127.0.0.1:1' } },
    ];
    electron.app.emit('second-instance', {}, [], '/', { files: [import.meta.filename] });
    for (const stranger of strangers) {
      const port = new FakePort();
      electron.ipcMain.emit('tracebench:port', { ...stranger, ports: [port] });
      expect(port.close).toHaveBeenCalledOnce();
      electron.ipcMain.emit('tracebench:ready', stranger);
    }
    expect(told()).toEqual([expect.objectContaining({ kind: 'start' })]);
    expect(own.send).not.toHaveBeenCalled();
  });
});

describe('wiring: app://workbench', () => {
  it('answers with the built page under its policy, and with nothing else', async () => {
    const { electron } = await startOpenShell();
    const [scheme, answer] = electron.protocol.handle.mock.calls[0] ?? [];
    expect(scheme).toBe('app');
    const ask = async (url: string, init?: RequestInit): Promise<Response> => {
      const response = await answer?.(new Request(url, init));
      if (response === undefined) throw new Error('no answer');
      return response;
    };
    const missing = [
      'app://workbench/../package.json',
      'app://other/',
      'app://workbench/%2e%2e/main/main.js',
    ];
    for (const url of missing) {
      const response = await ask(url);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
    expect((await ask('app://workbench/', { method: 'PUT', body: 'x' })).status).toBe(404);
  });

  it('passes an import on to the host with its token, and says when there is none', async () => {
    const directory = await makeTemporaryDirectory();
    const start = await startHost({
      dataDirectory: join(directory, 'data'),
      ingestPort: 0,
      uiPort: 0,
      rendererDirectory: directory,
    });
    if (start.kind !== 'started') throw new Error('the directory is new');
    const shell = await startShell();
    await hostStarted(shell);
    const [, answer] = shell.electron.protocol.handle.mock.calls[0] ?? [];
    const send = (): Response | Promise<Response> | undefined =>
      answer?.(
        new Request('app://workbench/import?name=a.jsonl', {
          method: 'POST',
          body: '{"object":"trace","id":"t"}\n',
        }),
      );
    expect((await send())?.status).toBe(503);
    const { ui, ingest, token } = start.host;
    shell.hostSays({ ...STARTED, ui, ingest, token });
    const response = await send();
    expect(response?.status).toBe(200);
    expect(await response?.json()).toMatchObject({ path: 'a.jsonl', traces: 1 });
    await start.host.close();
    expect((await send())?.status).toBe(503);
  });
});
