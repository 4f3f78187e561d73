/** The command line's end of the contract: a WebSocket to a running host. */
import { WebSocket } from 'ws';
import { decodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { SpanTable } from '../../../core/model/span-table.ts';
import { Connection, RpcError } from '../../../core/rpc/connection.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import { makeWebSocketPort } from '../rpc-server/websocket-port.ts';
import type { TraceSource } from './trace-source.ts';

/** Where a host listens, and what lets one in. */
export interface HostAddress {
  /** Base URL of the page. */
  readonly ui: string;
  readonly token: string;
}

export interface HostClient extends TraceSource {
  /** Imports files by path on the host's machine. */
  importPaths(paths: readonly string[]): Promise<readonly FileReport[]>;
}

/** Nobody answers there, or not with a host's words. */
export class HostUnreachableError extends Error {
  constructor(ui: string) {
    super(`No Tracebench answers at ${ui}.`);
    this.name = 'HostUnreachableError';
  }
}

/** Reads `http://127.0.0.1:4320/#t=TOKEN`, as `serve` prints it; undefined where the text is none. */
export function readHostUrl(text: string): HostAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const token = new URLSearchParams(url.hash.slice(1)).get('t');
  return token === null ? undefined : { ui: url.origin, token };
}

/** Rejects with HostUnreachableError or RpcError. */
export async function connectToHost(
  { ui, token }: HostAddress,
  onProgress?: (progress: ImportProgress) => void,
): Promise<HostClient> {
  const socket = new WebSocket(`${ui.replace(/^http/, 'ws')}/rpc`, { perMessageDeflate: false });
  await opened(socket, ui);
  const connection = new Connection({
    port: makeWebSocketPort(socket),
    onEvent: (name, payload) => {
      if (name === 'import.progress') onProgress?.(payload as ImportProgress);
    },
  });
  const { result: status } = await connection.request('hello', { token });
  return {
    notices: status.notices,
    list: async (limit) => {
      const params = limit === undefined ? {} : { limit };
      return (await connection.request('library.list', params)).result.traces;
    },
    findTrace: async (traceId) => {
      try {
        const { result, bytes } = await connection.request('trace.open', { traceId });
        await connection.request('trace.close', { traceId });
        return { ...result, spans: bytes === undefined ? new SpanTable() : decodeSpanTable(bytes) };
      } catch (error) {
        if (error instanceof RpcError && error.code === 'unknown-trace') return undefined;
        throw error;
      }
    },
    readSpans: async (traceId, spanIds) =>
      (await connection.request('span.get', { traceId, spanIds })).result.spans,
    importPaths: async (paths) =>
      (await connection.request('import.paths', { importId: `cli-${String(process.pid)}`, paths })).result
        .files,
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
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
