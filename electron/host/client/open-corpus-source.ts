/** Where a command line asks over many traces: a running host, or the journal itself, read-only. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { computeCorpusInsights } from '../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusLoops } from '../../../core/analysis/corpus/corpus-loops.ts';
import { computeCorpusMap } from '../../../core/analysis/corpus/corpus-map.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { CorpusOverview } from '../../../core/rpc/corpus.ts';
import { CorpusDesk } from '../corpus/corpus-desk.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { passOver } from '../pass-over.ts';
import { readPrices } from '../prices/read-prices.ts';
import { TraceStore } from '../trace-store.ts';
import { findHostConnection } from './open-trace-source.ts';

export interface CorpusSource {
  /** Rejects with BadQueryError, TooManySpansError or RpcError. */
  ask(query: string): Promise<CorpusOverview>;
  /** What a person should know of the journal. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

export async function openCorpusSource(
  dataDirectory: string,
  hostUrl: string | undefined,
  clock: Clock,
): Promise<CorpusSource> {
  return (await askHost(dataDirectory, hostUrl)) ?? (await askJournal(dataDirectory, clock));
}

async function askHost(
  dataDirectory: string,
  hostUrl: string | undefined,
): Promise<CorpusSource | undefined> {
  const connection = await findHostConnection(dataDirectory, hostUrl, 'toRead');
  if (connection === undefined) return undefined;
  return {
    notices: [],
    ask: async (query) => {
      const params = { runId: `cli-${randomUUID()}`, query };
      return {
        insights: (await connection.request('corpus.insights', params)).result,
        map: (await connection.request('corpus.map', params)).result,
        loops: (await connection.request('corpus.loops', params)).result,
      };
    },
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}

async function askJournal(dataDirectory: string, clock: Clock): Promise<CorpusSource> {
  const store = await TraceStore.open({
    files: await openJournalFiles(join(dataDirectory, 'journal'), false),
    clock,
    readOnly: true,
    makeId: () => '',
  });
  const { library, notices } = store;
  const desk = new CorpusDesk({ library, clock, readPrices: () => readPrices(dataDirectory) });
  return {
    notices,
    ask: async (query) => {
      const params = { runId: 'cli', query };
      return {
        insights: await desk.ask(params, computeCorpusInsights, passOver),
        map: await desk.ask(params, computeCorpusMap, passOver),
        loops: await desk.ask(
          params,
          (question, { identify }) => computeCorpusLoops(question, identify),
          passOver,
        ),
      };
    },
    close: () => {
      desk.stop();
      return store.close();
    },
  };
}
