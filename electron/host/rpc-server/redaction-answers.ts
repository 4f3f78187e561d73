/** What a page may ask of redaction: a policy tried on stored traces. */
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { isJsonList, isJsonObject, ownAt, stringAt } from '../../../core/model/json.ts';
import type { RequestListeners } from '../../../core/rpc/connection.ts';
import type { RedactionRequests } from '../../../core/rpc/redaction.ts';
import { makeExportSource } from '../export/store-source.ts';
import { previewRedaction } from '../redaction/preview-redaction.ts';
import type { TraceStore } from '../trace-store.ts';

export type RedactionAnswers = Pick<RequestListeners, keyof RedactionRequests>;

/** Where none are named the newest are tried. */
const NEWEST = 200;

/** `select`: ids of the traces that a query means, the newest first; rejects where it cannot be read. */
export function answerRedaction(
  store: TraceStore,
  select: (query: string) => Promise<readonly string[]>,
): RedactionAnswers {
  return {
    'redaction.preview': async (params) => {
      const asked = isJsonObject(params) ? params : {};
      const named = ownAt(asked, 'traceIds');
      const query = stringAt(asked, 'query')?.trim() ?? '';
      const ids = isJsonList(named)
        ? named.filter((id) => typeof id === 'string' && store.library.has(id))
        : query !== ''
          ? await select(query)
          : newestFirst(store.library.summaries(), NEWEST).map(({ id }) => id);
      return {
        result: await previewRedaction(
          makeExportSource(store),
          ownAt(asked, 'policy') ?? {},
          ids.map(String),
        ),
      };
    },
  };
}
