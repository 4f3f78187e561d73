/** The least that any server of the SDKs has to do: take a body, parse it, answer 204. The yardstick of the door. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { JsonObject } from '../../core/model/json.ts';

/** Listens until standard input ends; says its port first. */
export async function serveAndDrop(say: (value: JsonObject) => void): Promise<void> {
  let items = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        readonly data: readonly unknown[];
      };
      items += body.data.length;
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  say({ port: typeof address === 'object' && address !== null ? address.port : 0 });
  process.stdin.resume();
  await once(process.stdin, 'end');
  server.closeAllConnections();
  server.close();
  if (items === 0) throw new Error('nobody posted anything');
}
