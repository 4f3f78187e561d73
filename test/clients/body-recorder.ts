/** A server that keeps every body it is sent, by path, and takes them all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface BodyRecorder {
  readonly url: string;
  /** The bodies of a path, in order, each ending in a line feed. */
  bodies(path: string): string;
}

export async function startBodyRecorder(): Promise<BodyRecorder> {
  const bodies = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      const path = request.url ?? '';
      const line = body === '' || body.endsWith('\n') ? body : `${body}\n`;
      bodies.set(path, `${bodies.get(path) ?? ''}${line}`);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    bodies: (path) => bodies.get(path) ?? '',
  };
}
