/** The command line's end of the contract: a WebSocket to a running host. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { decodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { SpanTable } from '../../../core/model/span-table.ts';
import { Connection, RpcError } from '../../../core/rpc/connection.ts';
import type { FileReport, ImportProgress, SpanDetail } from '../../../core/rpc/contract.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import {
  previewAndApply,
  type CleanupAnswer,
  type CleanupCalls,
  type CleanupWish,
} from '../cleanup/preview-and-apply.ts';
import { makeWebSocketPort } from '../rpc-server/websocket-port.ts';
import { fetchExport, fetchPreview } from './fetch-export.ts';
import { HostUnreachableError } from './host-unreachable.ts';
import type { TraceSource } from './trace-source.ts';

/** For a connection and a first answer; what follows may be a large trace and takes as long as it needs. */
const ANSWER_WITHIN_MS = 5000;

/** Where a host listens, and what lets one in. */
export interface HostAddress {
  /** Base URL of the page. */
  readonly ui: string;
  readonly token: string;
}

export interface HostClient extends TraceSource {
  /** Imports files by path on the host's machine. */
  importPaths(paths: readonly string[], bringBack?: boolean): Promise<readonly FileReport[]>;
  cleanUp(scope: CleanupScope, wish: CleanupWish): Promise<CleanupAnswer>;
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
  const socket = new WebSocket(`${ui.replace(/^http/, 'ws')}/rpc`, {
    perMessageDeflate: false,
    // The columns of a trace of a million spans take 100 MB, and a host is the user's own: nothing is too large.
    maxPayload: 0,
  });
  const importId = `cli-${randomUUID()}`;
  const answered = endUnanswered(socket);
  await opened(socket, ui);
  const connection = new Connection({
    port: makeWebSocketPort(socket),
    onEvent: (name, payload) => {
      if (name !== 'import.progress') return;
      const progress = payload as ImportProgress;
      // The host tells everybody of every import; pages and other command lines have theirs.
      if (progress.importId === importId) onProgress?.(progress);
    },
  });
  const { result: status } = await connection.request('hello', { token }).catch((error: unknown) => {
    throw error instanceof RpcError && error.code === 'closed' ? new HostUnreachableError(ui) : error;
  });
  answered();
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
    readSpans: async (traceId, spanIds) => {
      const spans: SpanDetail[] = [];
      for (let rest = spanIds; rest.length > 0;) {
        const { result } = await connection.request('span.get', { traceId, spanIds: rest });
        spans.push(...result.spans);
        rest = result.rest;
      }
      return spans;
    },
    readNotes: async (traceId) => (await connection.request('notes.list', { traceId })).result.notes,
    exportTraces: (wish) => fetchExport({ ui, token }, wish),
    previewExport: (wish) => fetchPreview({ ui, token }, wish),
    importPaths: async (paths, bringBack = false) =>
      (await connection.request('import.paths', { importId, paths, bringBack })).result.files,
    cleanUp: (scope, wish) => previewAndApply(cleanupCalls(connection), scope, wish),
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}

function cleanupCalls(connection: Connection): CleanupCalls {
  return {
    preview: async (scope) => (await connection.request('cleanup.preview', { scope })).result,
    apply: async (scope, keepAway) => (await connection.request('cleanup.apply', { scope, keepAway })).result,
  };
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
