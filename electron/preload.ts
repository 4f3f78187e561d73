/** What the page may reach of the desktop shell, and nothing else: a line to the host, paths of its files, words. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { SHELL_NAME, type DesktopShell, type PortMessage, type WordsToPage } from '../core/rpc/shell.ts';
import { PAGE_ORIGIN, PORT_CHANNEL, READY_CHANNEL, WORDS_CHANNEL } from './page-origin.ts';

const shell: DesktopShell = {
  platform: process.platform,
  openPort: (id) => {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(PORT_CHANNEL, undefined, [port2]);
    // The bridge carries no ports; a message of the window does. '/' lets only this very origin hear it.
    const message: PortMessage = { kind: 'tracebench-port', id };
    window.postMessage(message, '/', [port1]);
  },
  pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
  onWords: (listener) => {
    // Main sends nothing else on this channel, and no page can send on it.
    ipcRenderer.on(WORDS_CHANNEL, (_, words: WordsToPage) => {
      listener(words);
    });
    ipcRenderer.send(READY_CHANNEL);
  },
};

// The page of another workbench over http is a page like any other, and gets nothing.
if (location.href.startsWith(`${PAGE_ORIGIN}/`)) contextBridge.exposeInMainWorld(SHELL_NAME, shell);
