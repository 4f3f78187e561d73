/** The two ways to a real host: a WebSocket to its page server, and a MessagePort as a desktop shell hands over. */
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { Port } from '../../core/rpc/connection.ts';
import { makeMessagePort } from '../../core/rpc/message-port.ts';
import type { Host } from '../../electron/host/host.ts';
import { makeWebSocketPort } from '../../electron/host/rpc-server/websocket-port.ts';
import { PAGE_LIMITS } from '../../electron/host/shell/serve-shell.ts';

export interface Transport {
  readonly name: string;
  /** Whether a page must bring the host's token. */
  readonly needsToken: boolean;
  open(host: Host): Promise<Port>;
}

export const TRANSPORTS: readonly Transport[] = [
  {
    name: 'WebSocket',
    needsToken: true,
    open: async (host) => {
      const socket = new WebSocket(`${host.ui.replace('http', 'ws')}/rpc`);
      await once(socket, 'open');
      return makeWebSocketPort(socket);
    },
  },
  {
    name: 'MessagePort',
    needsToken: false,
    open: (host) => {
      const { port1, port2 } = new MessageChannel();
      host.connect(makeMessagePort(port2, PAGE_LIMITS));
      return Promise.resolve(makeMessagePort(port1));
    },
  },
];
