/** Asks a host what its page asks it, without a page. */
import { WebSocket } from 'ws';
import { Connection } from '../../core/rpc/connection.ts';
import type { HostStatus } from '../../core/rpc/contract.ts';
import { readHostUrl } from '../../electron/host/client/read-host-url.ts';
import { makeWebSocketPort } from '../../electron/host/rpc-server/websocket-port.ts';

/** Opens a line by the page's address, and closes it when the asking is over. */
export async function askHost<T>(
  ui: string,
  ask: (line: Connection, status: HostStatus) => Promise<T>,
): Promise<T> {
  const address = readHostUrl(ui);
  if (address === undefined) throw new Error('no address of a host');
  const socket = new WebSocket(`${address.ui.replace(/^http/, 'ws')}/rpc`, { maxPayload: 0 });
  const line = new Connection({ port: makeWebSocketPort(socket) });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  try {
    return await ask(line, (await line.request('hello', { token: address.token })).result);
  } finally {
    line.close();
  }
}
