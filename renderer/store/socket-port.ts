/** A WebSocket as a port of the contract: text frames are strings, binary ones are bytes. */
import type { Port } from '../../core/rpc/connection.ts';
import type { FrameData } from '../../core/rpc/frame.ts';

/** Opens a socket. Resolves once it is open; rejects where it never opens. */
export function openSocketPort(url: string): Promise<Port> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve(portOf(socket));
    });
    const fail = (): void => {
      reject(new Error('the socket did not open'));
    };
    socket.addEventListener('error', fail);
    socket.addEventListener('close', fail);
  });
}

function portOf(socket: WebSocket): Port {
  return {
    send(data: FrameData): void {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    close(): void {
      socket.close();
    },
    onMessage(listener): void {
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data);
        else if (data instanceof ArrayBuffer) listener(new Uint8Array(data));
      });
    },
    onClose(listener): void {
      socket.addEventListener('close', listener);
    },
  };
}
