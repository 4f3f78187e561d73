/** A server on a free loopback port that keeps what the real SDKs post to it, and answers what it is told to. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RecordingServer {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The bodies of a path, in order. */
  bodies(path: string): readonly string[];
  /** Resolves once so many requests of a method have come. */
  received(method: string, count: number): Promise<void>;
}

export interface StubAnswer {
  readonly status?: number;
  readonly body: unknown;
}

export async function startRecordingServer(
  answer: (request: RecordedRequest) => StubAnswer = () => ({ body: {} }),
): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const isZipped = incoming.headers['content-encoding'] === 'gzip';
      const request: RecordedRequest = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: (isZipped ? gunzipSync(bytes) : bytes).toString('utf8'),
      };
      requests.push(request);
      for (const look of waiting) look();
      const { status = 200, body } = answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    bodies: (path) => requests.filter((request) => request.path === path).map(({ body }) => body),
    received: (method, count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (requests.filter((request) => request.method === method).length >= count) resolve();
        };
        waiting.push(look);
        look();
      }),
  };
}
