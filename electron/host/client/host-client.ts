/** What the command line asks of a running host. */
import { randomUUID } from 'node:crypto';
import { decodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { SpanTable } from '../../../core/model/span-table.ts';
import { RpcError, type Connection } from '../../../core/rpc/connection.ts';
import type { Events, FileReport, ImportProgress, SpanDetail } from '../../../core/rpc/contract.ts';
import { writeQuery } from '../../../core/query/write-query.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import {
  previewAndApply,
  type CleanupAnswer,
  type CleanupCalls,
  type CleanupWish,
} from '../cleanup/preview-and-apply.ts';
import { askHostForCosts } from './ask-costs.ts';
import { fetchExport, fetchPreview } from './fetch-export.ts';
import { openHostConnection, type HostAddress } from './host-connection.ts';
import type { HearHits, TraceSource } from './trace-source.ts';

export interface HostClient extends TraceSource {
  /** Imports files by path on the host's machine. */
  importPaths(paths: readonly string[], bringBack?: boolean): Promise<readonly FileReport[]>;
  cleanUp(scope: CleanupScope, wish: CleanupWish): Promise<CleanupAnswer>;
}

/** Rejects with HostUnreachableError or RpcError. */
export async function connectToHost(
  { ui, token }: HostAddress,
  onProgress?: (progress: ImportProgress) => void,
): Promise<HostClient> {
  const importId = `cli-${randomUUID()}`;
  const heard: Heard = { found: new Set(), onHits: undefined, onProgress };
  const { connection, status } = await openHostConnection({ ui, token }, (name, payload) => {
    hear(heard, importId, name, payload);
  });
  return {
    notices: status.notices,
    list: async (limit) => {
      const params = limit === undefined ? {} : { limit };
      return (await connection.request('library.list', params)).result.traces;
    },
    query: async (tree) => {
      // One at a time: what is found comes by events, before the answer.
      heard.found.clear();
      await connection.request('query.traces', { runId: importId, query: writeQuery(tree) });
      return new Set(heard.found);
    },
    search: async (wish, onHits) => {
      heard.onHits = onHits;
      return (await connection.request('search.start', { ...wish, runId: importId })).result;
    },
    costs: (traceIds) => askHostForCosts(connection, traceIds),
    listDropped: async (limit) => {
      const params = limit === undefined ? {} : { limit };
      return (await connection.request('sampling.dropped', params)).result;
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

/** What is told of what was asked, for whoever waits for the answer. */
interface Heard {
  readonly found: Set<string>;
  onHits: HearHits | undefined;
  readonly onProgress: ((progress: ImportProgress) => void) | undefined;
}

function hear(heard: Heard, ownId: string, name: string, payload: unknown): void {
  if (name === 'query.found')
    for (const id of (payload as Events['query.found']).traceIds) heard.found.add(id);
  if (name === 'search.hits') {
    const { hits, progress } = payload as Events['search.hits'];
    heard.onHits?.(hits, progress);
  }
  if (name !== 'import.progress') return;
  const progress = payload as ImportProgress;
  // The host tells everybody of every import; pages and other command lines have theirs.
  if (progress.importId === ownId) heard.onProgress?.(progress);
}

function cleanupCalls(connection: Connection): CleanupCalls {
  return {
    preview: async (scope) => (await connection.request('cleanup.preview', { scope })).result,
    apply: async (scope, keepAway) => (await connection.request('cleanup.apply', { scope, keepAway })).result,
  };
}
