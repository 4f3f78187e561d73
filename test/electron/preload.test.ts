/** Wiring only, over a fake Electron: what the preload puts into the page's world, and where it puts nothing. */
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import type { DesktopShell, WordsToPage } from '../../core/rpc/shell.ts';

interface Loaded {
  readonly shell: DesktopShell | undefined;
  readonly ipc: Record<'on' | 'send' | 'postMessage', ReturnType<typeof vi.fn>>;
  readonly postToPage: ReturnType<typeof vi.fn>;
}

async function loadAt(href: string): Promise<Loaded> {
  const exposed = new Map<string, unknown>();
  const ipc = { on: vi.fn(), send: vi.fn(), postMessage: vi.fn() } satisfies Partial<
    Record<keyof IpcRenderer, unknown>
  >;
  const contextBridge = {
    exposeInMainWorld: (name, api) => void exposed.set(name, api),
  } satisfies Pick<ContextBridge, 'exposeInMainWorld'>;
  const webUtils = { getPathForFile: (file) => `disk:${file.name}` } satisfies WebUtils;
  const postToPage = vi.fn();
  vi.stubGlobal('location', { href });
  vi.stubGlobal('window', { postMessage: postToPage });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  vi.resetModules();
  vi.doMock('electron', () => ({ contextBridge, ipcRenderer: ipc, webUtils }));
  await import('../../electron/preload.ts');
  expect([...exposed.keys()].every((name) => name === 'tracebenchShell')).toBe(true);
  return { shell: exposed.get('tracebenchShell') as DesktopShell | undefined, ipc, postToPage };
}

it('wiring: gives nothing to a page at any other address', async () => {
  for (const href of ['http://127.0.0.1:4320/#t=x', 'app://workbench.evil/', 'file:///a', 'about:blank']) {
    expect((await loadAt(href)).shell).toBeUndefined();
  }
});

it('wiring: gives our page a line to the host, paths, words, and nothing of Electron itself', async () => {
  const { shell } = await loadAt('app://workbench/#/');
  expect(Object.keys(shell ?? {}).toSorted()).toEqual(['onWords', 'openPort', 'pathOf', 'platform']);
  expect(shell?.pathOf(new File([], 'a.jsonl'))).toBe('disk:a.jsonl');
  expect(shell?.pathOf({ name: 'no file' })).toBe('');
});

it('wiring: one end of a line goes to main, the other to the page, and they are connected', async () => {
  const { shell, ipc, postToPage } = await loadAt('app://workbench/');
  shell?.openPort('line-1');
  const [channel, , [toMain]] = ipc.postMessage.mock.calls[0] as [string, unknown, [MessagePort]];
  const [message, target, [toPage]] = postToPage.mock.calls[0] as [object, string, [MessagePort]];
  expect([channel, message, target]).toEqual([
    'tracebench:port',
    { kind: 'tracebench-port', id: 'line-1' },
    '/',
  ]);
  const heard = new Promise((resolve) => {
    toMain.onmessage = ({ data }) => {
      resolve(data);
    };
  });
  toPage.postMessage('hello');
  expect(await heard).toBe('hello');
  toPage.close();
});

it('wiring: passes words of main on, and tells main that somebody listens', async () => {
  const { shell, ipc } = await loadAt('app://workbench/');
  const listener = vi.fn();
  shell?.onWords(listener);
  const [channel, hear] = ipc.on.mock.calls[0] as [string, (event: object, words: WordsToPage) => void];
  hear({ sender: 'never seen by the page' }, { kind: 'command', command: 'help' });
  expect(channel).toBe('tracebench:words');
  expect(listener.mock.calls).toEqual([[{ kind: 'command', command: 'help' }]]);
  expect(ipc.send.mock.calls).toEqual([['tracebench:ready']]);
});
