/** Binds a server to a port of this machine's loopback, and to nothing else. */
import type { Server } from 'node:http';
import { systemErrorCode } from './system-error.ts';

const LOOPBACK = '127.0.0.1';

/** Listens and returns the port; undefined where the port is taken. 0 is any free one. */
export function listenOn(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off('listening', onListening);
      const code = systemErrorCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, LOOPBACK);
  });
}

/** Listens on the first free port of `ports`, and returns it. */
export async function listenOnFirst(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const bound = await listenOn(server, port);
    if (bound !== undefined) return bound;
  }
  throw new PortTakenError(ports[0] ?? 0);
}

/** The one port that was asked for belongs to somebody else. */
export class PortTakenError extends Error {
  constructor(port: number) {
    super(`Port ${String(port)} of this machine is taken. Name another, or 0 for any free one.`);
    this.name = 'PortTakenError';
  }
}

/** Stops listening, lets what is under way finish for `graceMs`, then ends every connection. */
export function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
