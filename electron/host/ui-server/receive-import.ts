/** `POST /import?name=trace.jsonl`: a file that was dropped on the page, streamed; the answer is its report F. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, type Readable } from 'node:stream';
import { readIdOr } from './read-query.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';

/** Imports one body; `bytes` is its length on the wire, 0 where unknown. */
export type ImportBody = (
  body: Readable,
  file: { readonly importId: string; readonly name: string; readonly bytes: number },
) => Promise<FileReport>;

export function receiveImport(
  request: IncomingMessage,
  response: ServerResponse,
  isToken: (token: string) => boolean,
  importBody: ImportBody,
): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    answer(response, 405, { error: { code: 'wrong-method', message: 'Only POST is served here.' } });
  } else if (!isToken(token)) {
    answer(response, 401, {
      error: { code: 'wrong-token', message: 'Open Tracebench again with npm start.' },
    });
  } else {
    const name = readIdOr(request, 'name', 'file');
    const importId = readIdOr(request, 'importId', name);
    const bytes = Number(request.headers['content-length'] ?? 0);
    importBody(request, { importId, name, bytes }).then(
      async (report) => {
        await takeRest(request);
        answer(response, 200, report);
      },
      async (error: unknown) => {
        await takeRest(request);
        const reason =
          error instanceof JournalUnavailableError ? error.reason : 'The file could not be imported.';
        response.setHeader('retry-after', '1');
        answer(response, 503, { error: { code: 'unavailable', message: reason } });
      },
    );
  }
}

/**
 * Reads what still comes of a cancelled or refused body, and lets it go. A browser whose connection ends while
 * it sends posts the whole body once more by itself: the import that was cancelled would begin anew.
 */
function takeRest(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    finished(request, { writable: false }, () => resolve());
    request.resume();
  });
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  const { req: request } = response;
  if (!request.complete) {
    response.setHeader('connection', 'close');
    request.resume();
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
