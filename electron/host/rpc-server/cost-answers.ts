/** What a page may ask about costs, read from what it sent. */
import { isJsonList, isJsonObject, numberAt, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import { MOST_COSTS, type CostRequests, type ModelChange, type WhatIfWish } from '../../../core/rpc/costs.ts';
import { BadQueryError, CancelledError } from '../corpus/corpus-desk.ts';
import type { CostDesk } from '../prices/cost-desk.ts';
import { readString, readStrings } from './read-params.ts';

export type CostAnswers = Pick<RequestListeners, keyof CostRequests>;

const MOST_CHANGES = 100;

export function answerCosts(desk: CostDesk, connection: () => Connection): CostAnswers {
  return {
    'costs.list': async (params) => ({
      result: await desk.list(readStrings(params, 'traceIds', MOST_COSTS)),
    }),
    'costs.whatIf': async (params) => {
      const runId = readString(params, 'runId');
      const wish = readWish(isJsonObject(params) ? ownAt(params, 'wish') : undefined);
      try {
        const result = await desk.whatIf(runId, readString(params, 'query'), wish, (progress) => {
          if (connection().closed) desk.cancel(runId);
          else if (!connection().isBehind) connection().emit('costs.progress', progress);
        });
        return { result };
      } catch (error) {
        if (error instanceof BadQueryError) throw new RpcError('bad-query', error.message);
        if (error instanceof CancelledError) throw new RpcError('cancelled', error.message);
        throw error;
      }
    },
    'costs.cancel': (params) => {
      desk.cancel(readString(params, 'runId'));
      return Promise.resolve({ result: {} });
    },
  };
}

function readWish(said: Json | undefined): WhatIfWish {
  const models = isJsonObject(said) ? ownAt(said, 'models') : undefined;
  if (!isJsonObject(said) || !isJsonList(models) || models.length > MOST_CHANGES) {
    throw new RpcError('bad-params', `wish.models must be at most ${String(MOST_CHANGES)} changes.`);
  }
  const rate = ownAt(said, 'cacheHitRate') ?? null;
  if (rate !== null && !(typeof rate === 'number' && rate >= 0 && rate <= 1)) {
    throw new RpcError('bad-params', 'wish.cacheHitRate must be a number from 0 to 1, or null.');
  }
  return {
    models: models.map(readChange),
    cacheHitRate: rate === null ? null : (numberAt(said, 'cacheHitRate') ?? null),
  };
}

function readChange(said: Json): ModelChange {
  const to = isJsonObject(said) ? stringAt(said, 'to') : undefined;
  if (!isJsonObject(said) || to === undefined || to.trim() === '') {
    throw new RpcError('bad-params', 'Each change of wish.models must have a model "to".');
  }
  return { from: stringAt(said, 'from') ?? null, to, provider: stringAt(said, 'provider') ?? null };
}
