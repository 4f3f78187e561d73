/** A WebSocket as a port of the contract. */
import type { WebSocket } from 'ws';
import type { Port } from '../../../core/rpc/connection.ts';
import { passOver } from '../pass-over.ts';

/** While so much waits for the other end, it is not heard: each request of it would add an answer. */
const DEAF_BYTES = 16 * 1024 * 1024;

export function makeWebSocketPort(socket: WebSocket): Port {
  return {
    send: (data) => {
      // The callback takes the error of a socket that closed meanwhile; `close` tells the connection.
      socket.send(data, () => {
        if (socket.isPaused && socket.bufferedAmount <= DEAF_BYTES) socket.resume();
      });
      if (socket.bufferedAmount > DEAF_BYTES) socket.pause();
    },
    waitingBytes: () => socket.bufferedAmount,
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
