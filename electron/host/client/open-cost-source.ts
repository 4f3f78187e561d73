/** Where a command line asks what traces cost: a running host, or the journal itself, read-only. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { WhatIf, WhatIfWish } from '../../../core/rpc/costs.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { passOver } from '../pass-over.ts';
import { CostDesk } from '../prices/cost-desk.ts';
import { readPrices } from '../prices/read-prices.ts';
import { TraceStore } from '../trace-store.ts';
import { findHostConnection } from './open-trace-source.ts';

export interface CostSource {
  /** Rejects with BadQueryError or RpcError. */
  whatIf(query: string, wish: WhatIfWish): Promise<WhatIf>;
  /** What a person should know of the journal and the prices. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

export async function openCostSource(
  dataDirectory: string,
  hostUrl: string | undefined,
  clock: Clock,
): Promise<CostSource> {
  return (await askHost(dataDirectory, hostUrl)) ?? (await askJournal(dataDirectory, clock));
}

async function askHost(dataDirectory: string, hostUrl: string | undefined): Promise<CostSource | undefined> {
  const connection = await findHostConnection(dataDirectory, hostUrl, 'toRead');
  if (connection === undefined) return undefined;
  const { problems } = (await connection.request('prices.get', {})).result;
  return {
    notices: problems,
    whatIf: async (query, wish) => {
      const models = wish.models.map((change) => ({ ...change }));
      const params = { runId: `cli-${randomUUID()}`, query, wish: { ...wish, models } };
      return (await connection.request('costs.whatIf', params)).result;
    },
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}

async function askJournal(dataDirectory: string, clock: Clock): Promise<CostSource> {
  const store = await TraceStore.open({
    files: await openJournalFiles(join(dataDirectory, 'journal'), false),
    clock,
    readOnly: true,
    makeId: () => '',
  });
  const prices = await readPrices(dataDirectory);
  const desk = new CostDesk({
    library: store.library,
    clock,
    readPrices: () => Promise.resolve(prices),
  });
  return {
    notices: [...store.notices, ...prices.problems],
    whatIf: (query, wish) => desk.whatIf('cli', query, wish, passOver),
    close: () => {
      desk.stop();
      return store.close();
    },
  };
}
