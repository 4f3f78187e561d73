/** The command line's end of the contract: a WebSocket to a running host, over which anything of it can be asked. */
import { WebSocket } from 'ws';
import { Connection, RpcError } from '../../../core/rpc/connection.ts';
import type { HostStatus } from '../../../core/rpc/contract.ts';
import { makeWebSocketPort } from '../rpc-server/websocket-port.ts';
import { HostUnreachableError } from './host-unreachable.ts';

/** For a connection and a first answer; what follows may be a large trace and takes as long as it needs. */
const ANSWER_WITHIN_MS = 5000;

/** Where a host listens, and what lets one in. */
export interface HostAddress {
  /** Base URL of the page. */
  readonly ui: string;
  readonly token: string;
}

/** What the host tells without being asked. */
export type HearEvent = (name: string, payload: unknown) => void;

/** Rejects with HostUnreachableError or RpcError. */
export async function openHostConnection(
  { ui, token }: HostAddress,
  onEvent: HearEvent,
): Promise<{ readonly connection: Connection; readonly status: HostStatus }> {
  const socket = new WebSocket(`${ui.replace(/^http/, 'ws')}/rpc`, {
    perMessageDeflate: false,
    // The columns of a trace of a million spans take 100 MB, and a host is the user's own: nothing is too large.
    maxPayload: 0,
  });
  const answered = endUnanswered(socket);
  await opened(socket, ui);
  const connection = new Connection({ port: makeWebSocketPort(socket), onEvent });
  const { result: status } = await connection.request('hello', { token }).catch((error: unknown) => {
    throw error instanceof RpcError && error.code === 'closed' ? new HostUnreachableError(ui) : error;
  });
  answered();
  return { connection, status };
}

/** Ends the socket of a host that takes connections and says nothing, as a stopped process does. */
function endUnanswered(socket: WebSocket): () => void {
  const timer = setTimeout(() => {
    socket.terminate();
  }, ANSWER_WITHIN_MS);
  const stop = (): void => {
    clearTimeout(timer);
  };
  socket.once('close', stop);
  return stop;
}

function opened(socket: WebSocket, ui: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      resolve();
    });
    socket.once('error', () => {
      reject(new HostUnreachableError(ui));
    });
  });
}
