/** What a page may ask of sampling and of what ingest does, read from what it sent. */
import { isJsonObject, numberAt, objectAt, stringAt } from '../../../core/model/json.ts';
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { SamplingRequests } from '../../../core/rpc/sampling.ts';
import { SAMPLE_ID, type IntakeDesk } from '../intake/intake-desk.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import { readString } from './read-params.ts';

export type SamplingAnswers = Pick<RequestListeners, keyof SamplingRequests>;

const MOST_DROPPED = 10_000;
const USUAL_DROPPED = 100;
const TELL_EVERY_MS = 200;

export function answerSampling(desk: IntakeDesk, connection: () => Connection): SamplingAnswers {
  return {
    'sampling.rehearse': async (params) => {
      const runId = readString(params, 'runId');
      const asked = {
        runId,
        plugin: (isJsonObject(params) ? stringAt(params, 'plugin') : undefined) ?? SAMPLE_ID,
        settings: (isJsonObject(params) ? objectAt(params, 'settings') : undefined) ?? {},
        query: isJsonObject(params) ? stringAt(params, 'query') : undefined,
      };
      let toldMs = performance.now();
      try {
        const result = await desk.rehearse(asked, (done, total) => {
          const nowMs = performance.now();
          if (nowMs - toldMs < TELL_EVERY_MS || connection().isBehind) return;
          toldMs = nowMs;
          connection().emit('sampling.progress', { runId, done, total });
        });
        return { result };
      } catch (error) {
        if (error instanceof PluginFault) throw new RpcError('plugin-refused', error.message);
        throw error;
      }
    },
    'sampling.cancel': (params) => {
      desk.cancel(readString(params, 'runId'));
      return Promise.resolve({ result: {} });
    },
    'sampling.dropped': (params) => {
      const limit = isJsonObject(params) ? numberAt(params, 'limit') : undefined;
      return Promise.resolve({ result: desk.dropped(Math.min(limit ?? USUAL_DROPPED, MOST_DROPPED)) });
    },
    'intake.state': () => Promise.resolve({ result: desk.state() }),
  };
}
