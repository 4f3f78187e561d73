/** What a page may ask of a search: to begin one, and to stop it. One whose page has gone is stopped. */
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { SearchRequests } from '../../../core/rpc/search.ts';
import { BadQueryError } from '../corpus/corpus-desk.ts';
import { NoWordsError, type SearchDesk } from '../search/search-desk.ts';
import { readString } from './read-params.ts';

export type SearchAnswers = Pick<RequestListeners, keyof SearchRequests>;

export function answerSearch(desk: SearchDesk, connection: () => Connection): SearchAnswers {
  return {
    'search.start': async (params) => {
      const runId = readString(params, 'runId');
      const asked = { runId, words: readString(params, 'words'), query: readString(params, 'query') };
      try {
        const result = await desk.start(asked, (hits, progress) => {
          if (connection().closed) desk.cancel(runId);
          else if (hits.length > 0 || !connection().isBehind)
            connection().emit('search.hits', { runId, hits, progress });
        });
        return { result };
      } catch (error) {
        if (error instanceof BadQueryError) throw new RpcError('bad-query', error.message);
        if (error instanceof NoWordsError) throw new RpcError('no-words', error.message);
        throw error;
      }
    },
    'search.cancel': (params) => {
      desk.cancel(readString(params, 'runId'));
      return Promise.resolve({ result: {} });
    },
  };
}
