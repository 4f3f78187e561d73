/**
 * `POST /export` with a wish and the ids of traces, and what it answers with: an address whose `GET` is the file,
 * `/state` below it tells how far that is, and a `POST` to `/cancel` ends it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../../core/model/time.ts';
import { writeIsoUs } from '../../../core/model/time.ts';
import { findTarget } from '../../../core/writers/registry.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { reportBug } from '../report-bug.ts';
import type { TraceStore } from '../trace-store.ts';
import { ExportDesk } from './export-desk.ts';
import { CancelledExportError, ExportRun } from './export-run.ts';
import { previewExport } from './preview-export.ts';
import { makeExportSource } from './store-source.ts';
import { readExportBody, type AskedExport } from './read-wish.ts';

export const EXPORT_PATH = '/export';

export interface ExportParts {
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly isToken: (token: string) => boolean;
  /** Told of what is about to leave; where it rejects with JournalUnavailableError, nothing does. */
  readonly tellExport?: (wish: AskedExport) => Promise<void>;
}

export class ExportRoute {
  readonly #parts: ExportParts;
  readonly #desk = new ExportDesk(() => performance.now());

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Answers a request for the path; false where the path is another's. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    if (path === EXPORT_PATH && request.method === 'POST') {
      this.#ask(request, response).catch((error: unknown) => {
        // A page that goes away while it asks is no fault of ours.
        if (!request.destroyed) reportBug(error);
        response.destroy();
      });
      return true;
    }
    if (!path.startsWith(`${EXPORT_PATH}/`)) return false;
    const [ticket = '', what] = path.slice(EXPORT_PATH.length + 1).split('/');
    if (what === 'cancel' && request.method === 'POST') this.#cancel(request, response, ticket);
    else if (what === 'state' && request.method === 'GET') this.#tell(response, ticket);
    else if (what === undefined && request.method === 'GET') this.#send(response, ticket);
    else return false;
    return true;
  }

  async #ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.#parts.isToken(token)) {
      refuse(request, response, 401, 'wrong-token', 'Open Tracebench again with npm start.');
      return;
    }
    const wish = await readExportBody(request);
    if (wish === 'too-large') {
      refuse(request, response, 413, 'too-large', 'So many traces are not exported at once; choose fewer.');
      return;
    }
    if (wish === undefined) {
      const message = 'Behind the wish, each line must be the id of a trace as a JSON string.';
      refuse(request, response, 400, 'bad-request', message);
      return;
    }
    const { library } = this.#parts.store;
    const known = wish.traceIds.filter((id) => library.has(id));
    if (known.length === 0) {
      refuse(request, response, 404, 'unknown-trace', 'None of these traces is in the library any more.');
      return;
    }
    const unknown = wish.traceIds.filter((id) => !library.has(id)).slice(0, 100);
    try {
      await this.#answer(response, { ...wish, traceIds: known }, unknown);
    } catch (error) {
      if (!(error instanceof JournalUnavailableError)) throw error;
      refuse(request, response, 503, 'unavailable', error.reason);
    }
  }

  async #answer(response: ServerResponse, wish: AskedExport, unknown: readonly string[]): Promise<void> {
    const source = makeExportSource(this.#parts.store);
    const target = findTarget(wish.to);
    if (wish.preview) {
      answer(response, 200, await previewExport(source, wish));
    } else if (target !== undefined) {
      await this.#parts.tellExport?.(wish);
      const path = `${EXPORT_PATH}/${this.#desk.ask(new ExportRun(source, target, wish))}`;
      answer(response, 200, { path, traces: wish.traceIds.length, unknown });
    }
  }

  #cancel(request: IncomingMessage, response: ServerResponse, ticket: string): void {
    request.resume();
    this.#desk.find(ticket)?.cancel();
    this.#tell(response, ticket);
  }

  #tell(response: ServerResponse, ticket: string): void {
    const run = this.#desk.find(ticket);
    if (run === undefined) answer(response, 404, UNKNOWN_EXPORT);
    else answer(response, 200, run.state);
  }

  #send(response: ServerResponse, ticket: string): void {
    const run = this.#desk.take(ticket);
    if (run === undefined) {
      answer(response, 404, UNKNOWN_EXPORT);
      return;
    }
    const day = writeIsoUs(this.#parts.clock()).slice(0, 10);
    const { contentType, extension } = run.target;
    response.writeHead(200, {
      'content-type': contentType,
      'content-disposition': `attachment; filename="tracebench-${day}${extension}"`,
      'cache-control': 'no-store',
    });
    pipeline(Readable.from(run.chunks()), response).catch((error: unknown) => {
      // Whoever saves the file may stop; a file that is cut short must not look whole.
      response.destroy();
      const isOurs = !(error instanceof CancelledExportError) && run.state.phase === 'failed';
      if (isOurs) reportBug(error);
    });
  }
}

const UNKNOWN_EXPORT = {
  error: { code: 'unknown-export', message: 'This address was used, or is too old.' },
};

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  if (!request.complete) {
    response.setHeader('connection', 'close');
    request.resume();
  }
  answer(response, status, { error: { code, message } });
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
