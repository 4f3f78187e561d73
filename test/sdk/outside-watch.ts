/** Notes every address beyond loopback that the process tries to reach. */
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** Begins to watch; the list grows as sockets connect. */
export function watchOutside(): readonly string[] {
  const outside: string[] = [];
  subscribe('net.client.socket', (message) => {
    const socket: unknown =
      typeof message === 'object' && message && 'socket' in message ? message.socket : null;
    if (!(socket instanceof Socket)) return;
    socket.once('lookup', (_error, address, _family, host) => {
      if (!isLoopback(address)) outside.push(host);
    });
    socket.once('connect', () => {
      if (!isLoopback(socket.remoteAddress ?? '')) outside.push(socket.remoteAddress ?? '');
    });
  });
  return outside;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}
