/** The end of a connection that HTTP cannot answer any more: a last status line, and soon no socket at all. */
import type { Duplex } from 'node:stream';

/** So long a client has to read the answer. Bytes that lie unread at a close would wipe it out on its side. */
const LINGER_MS = 1000;

/** Answers without a body and ends the socket, also where the other end never does (a half-open client). */
export function endSocket(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}
