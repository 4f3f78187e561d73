/** What a page may ask by a query: which traces pass, told while they are found, and which values there are. */
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import { isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import type { Clock } from '../../../core/model/time.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { QueryNode } from '../../../core/query/query-tree.ts';
import type { QueryRequests } from '../../../core/rpc/query.ts';
import { askTraces } from '../query/ask-traces.ts';
import { listValues } from '../query/list-values.ts';
import { makeLocalClock } from '../query/local-clock.ts';
import { readLimit, readString, readStrings } from './read-params.ts';
import type { Workbench } from './workbench.ts';

export type QueryAnswers = Pick<RequestListeners, keyof QueryRequests>;

const MOST_IDS = 10_000;
const MOST_VALUES = 200;

/** `connection` is asked for when the first request has come. */
export function answerQueries(
  workbench: Pick<Workbench, 'store' | 'costs'>,
  connection: () => Connection,
  clock: Clock = () => Date.now() * 1000,
): QueryAnswers {
  const { store } = workbench;
  /** Runs that go on. */
  const running = new Set<string>();
  return {
    'query.traces': async (params) => {
      const runId = readString(params, 'runId');
      const tree = readTree(readString(params, 'query'));
      const line = connection();
      running.add(runId);
      try {
        const asked = await askTraces({
          library: store.library,
          tree,
          clock: makeLocalClock(clock()),
          book: await workbench.costs.openBook(),
          traceIds: hasIds(params) ? readStrings(params, 'traceIds', MOST_IDS) : undefined,
          onSlice: (traceIds, done, total) => {
            line.emit('query.found', { runId, traceIds, done, total });
          },
          isStopped: () => line.closed || !running.has(runId),
        });
        return { result: asked };
      } finally {
        running.delete(runId);
      }
    },
    'query.cancel': (params) => {
      running.delete(readString(params, 'runId'));
      return Promise.resolve({ result: {} });
    },
    'query.values': (params) => {
      const wanted = {
        field: readString(params, 'field'),
        key: readString(params, 'key'),
        find: readString(params, 'find'),
        most: Math.min(readLimit(params, 'most') ?? MOST_VALUES, MOST_VALUES),
      };
      return Promise.resolve({ result: { values: listValues(store.library.summaries(), wanted) } });
    },
  };
}

function hasIds(params: Json): boolean {
  return isJsonObject(params) && ownAt(params, 'traceIds') !== undefined;
}

function readTree(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new RpcError('bad-query', parsed.fault.message);
  return parsed.tree;
}
