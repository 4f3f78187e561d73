/**
 * A wire-tap on loopback: passes bytes on to a port and keeps what the client sent, connection after connection.
 * The door takes only what is meant for its own port, so the name of the host is changed on the way.
 */
import { connect, createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface CaptureProxy {
  readonly url: string;
  /** What clients sent; with `answers`, each connection's answers behind what it sent. */
  captured(answers?: boolean): Buffer;
}

export async function startCaptureProxy(port: number): Promise<CaptureProxy> {
  const connections: { readonly sent: Buffer[]; readonly answered: Buffer[] }[] = [];
  const server = createServer((client) => {
    const connection = { sent: [] as Buffer[], answered: [] as Buffer[] };
    connections.push(connection);
    const door = connect({ host: '127.0.0.1', port });
    client.on('data', (bytes: Buffer) => {
      connection.sent.push(bytes);
      const own = `127.0.0.1:${String(client.localPort)}`;
      door.write(bytes.toString('latin1').replaceAll(own, `127.0.0.1:${String(port)}`), 'latin1');
    });
    client.on('end', () => door.end());
    door.on('data', (bytes: Buffer) => connection.answered.push(bytes));
    door.pipe(client);
    client.on('error', () => door.destroy());
    door.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    captured: (answers = false) =>
      Buffer.concat(connections.flatMap(({ sent, answered }) => [...sent, ...(answers ? answered : [])])),
  };
}
