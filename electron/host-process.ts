/**
 * The host in a process of its own, so that no import ever stalls a window or menu: Electron's utility process,
 * or a worker thread of Node, in which the very same code is tested.
 */
import { isMainThread, parentPort, type MessagePort } from 'node:worker_threads';
import type { MessagePortMain, ParentPort } from 'electron';
import type { MessageEndpoint } from '../core/rpc/message-port.ts';
import { serveShell, type ShellLine } from './host/shell/serve-shell.ts';

/** Electron's ports speak with `on` where all others have `addEventListener`. */
function endpointOf(port: MessagePortMain): MessageEndpoint {
  return {
    postMessage: (message) => {
      port.postMessage(message);
    },
    addEventListener: (type, listener) => {
      if (type === 'close') port.on('close', () => listener({}));
      else port.on('message', listener);
    },
    start: () => {
      port.start();
    },
    close: () => {
      port.close();
    },
  };
}

function utilityLine(parent: ParentPort): ShellLine {
  return {
    say: (words) => {
      parent.postMessage(words);
    },
    onWords: (listener) => {
      parent.on('message', ({ data, ports }) => {
        listener(data, ports.map(endpointOf));
      });
    },
    end: () => process.exit(0),
  };
}

function threadLine(parent: MessagePort): ShellLine {
  return {
    say: (words) => {
      parent.postMessage(words);
    },
    onWords: (listener) => {
      parent.addEventListener('message', (event) => {
        if (event instanceof MessageEvent) listener(event.data, event.ports);
      });
      parent.start();
    },
    end: () => process.exit(0),
  };
}

const end = serveShell(
  isMainThread || parentPort === null ? utilityLine(process.parentPort) : threadLine(parentPort),
);
// Who ends this process by its id, which `host.json` names, gets a clean end.
if (isMainThread) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end());
}
