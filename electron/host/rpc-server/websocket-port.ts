/** A WebSocket as a port of the contract. */
import type { WebSocket } from 'ws';
import type { Port } from '../../../core/rpc/connection.ts';

export function makeWebSocketPort(socket: WebSocket): Port {
  return {
    send: (data) => {
      // The callback takes the error of a socket that closed meanwhile; `close` tells the connection.
      socket.send(data, passOver);
    },
    close: () => {
      socket.close();
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        const bytes = Buffer.isBuffer(data)
          ? data
          : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
        listener(isBinary ? bytes : bytes.toString('utf8'));
      });
    },
    onClose: (listener) => {
      socket.on('error', passOver);
      socket.once('close', listener);
    },
  };
}

function passOver(): void {
  return undefined;
}
