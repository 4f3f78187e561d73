/**
 * The page as the desktop shell would hold it, in Chromium and without Electron: its shell is played by the test,
 * its lines are real MessagePorts in the page, and at their other end works the host's real process in a thread.
 */
import type { Page } from '@playwright/test';
import type { MessagePort } from 'node:worker_threads';
import type { WordsToPage } from '../../core/rpc/shell.ts';
import { RENDERER, startHostThread, type HostThread } from '../electron/host-thread.ts';

export interface DesktopStage {
  readonly ingest: string;
  /** Says something to the page as the menus do. */
  say(words: WordsToPage): Promise<void>;
  /** Ends the host and starts another over the same data. */
  restartHost(): Promise<void>;
  end(): Promise<void>;
}

/** `paths`: what the shell knows of files, by their names. */
export async function openDesktopStage(
  page: Page,
  data: string,
  paths: Readonly<Record<string, string>>,
): Promise<DesktopStage> {
  const first = await startHost(data);
  /** Undefined while no host runs: main turns pages away then. */
  let thread: HostThread | undefined = first.thread;
  const lines = new Map<string, MessagePort>();
  let delivering: Promise<unknown> = Promise.resolve();
  const deliver = (id: string, message: unknown): void => {
    const packed =
      message instanceof Uint8Array ? { bytes: Buffer.from(message).toString('base64') } : message;
    // A page that is gone, or loaded anew, takes nothing any more.
    delivering = delivering.then(() => page.evaluate(deliverInPage, { id, packed })).catch(() => undefined);
  };
  await page.exposeFunction('openLineOfTest', (id: string) => {
    const port = thread?.openPort();
    if (port === undefined) {
      deliver(id, 'closed');
      return;
    }
    lines.set(id, port);
    port.on('message', (message: unknown) => {
      deliver(id, message);
    });
    port.once('close', () => {
      deliver(id, 'closed');
    });
  });
  await page.exposeFunction('sendOfTest', (id: string, message: unknown) => {
    lines.get(id)?.postMessage(message);
  });
  await page.addInitScript(playShell, paths);
  // Without a token: over http, this page would be let in nowhere.
  await page.goto(`${first.started.ui}/`);
  return {
    ingest: first.started.ingest,
    say: async (words) => {
      await page.evaluate((told) => {
        dispatchEvent(new CustomEvent('words-of-test', { detail: told }));
      }, words);
    },
    restartHost: async () => {
      const ending = thread;
      thread = undefined;
      await endHost(ending);
      ({ thread } = await startHost(data));
    },
    end: () => endHost(thread),
  };
}

async function startHost(
  data: string,
): Promise<{ thread: HostThread; started: { readonly ui: string; readonly ingest: string } }> {
  const thread = await startHostThread();
  const options = { dataDirectory: data, rendererDirectory: RENDERER, ingestPort: 0, uiPort: 0 };
  thread.say({ kind: 'start', options });
  return { thread, started: await thread.hear('started') };
}

async function endHost(thread: HostThread | undefined): Promise<void> {
  thread?.say({ kind: 'close' });
  await thread?.ended;
}

/** Runs in the page. */
function deliverInPage(message: { id: string; packed: unknown }): void {
  dispatchEvent(new CustomEvent('message-of-test', { detail: message }));
}

/** Runs in the page, before anything of it: what the preload does, with the test for a main process. */
function playShell(paths: Readonly<Record<string, string>>): void {
  const ofTest = (name: string, ...words: unknown[]): void => {
    const called: unknown = Reflect.get(globalThis, name);
    if (typeof called === 'function') Reflect.apply(called, undefined, words);
  };
  const ports = new Map<string, globalThis.MessagePort>();
  addEventListener('message-of-test', (event) => {
    const { id, packed } = (event as CustomEvent<{ id: string; packed: unknown }>).detail;
    const port = ports.get(id);
    if (packed === 'closed') {
      port?.postMessage(null);
      port?.close();
    } else if (typeof packed !== 'object' || packed === null || !('bytes' in packed))
      port?.postMessage(packed);
    else port?.postMessage(Uint8Array.from(atob(String(packed.bytes)), (letter) => letter.charCodeAt(0)));
  });
  Reflect.set(globalThis, 'tracebenchShell', {
    platform: 'linux',
    openPort: (id: string) => {
      const { port1, port2 } = new MessageChannel();
      ports.set(id, port2);
      ofTest('openLineOfTest', id);
      port2.onmessage = ({ data }) => {
        ofTest('sendOfTest', id, data);
      };
      window.postMessage({ kind: 'tracebench-port', id }, '/', [port1]);
    },
    pathOf: (file: File) => paths[file.name] ?? '',
    onWords: (listener: (words: unknown) => void) => {
      addEventListener('words-of-test', (event) => {
        listener((event as CustomEvent<unknown>).detail);
      });
    },
  });
}
