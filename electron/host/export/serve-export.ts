/** `POST /export` with the ids of traces, a JSON string a line, and the `GET` of the file that it answers with. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../../core/model/time.ts';
import { writeIsoUs } from '../../../core/model/time.ts';
import { reportBug } from '../report-bug.ts';
import type { TraceStore } from '../trace-store.ts';
import { ExportDesk } from './export-desk.ts';

export const EXPORT_PATH = '/export';
/** Ids of a million traces. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface ExportParts {
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly isToken: (token: string) => boolean;
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
    if (!path.startsWith(`${EXPORT_PATH}/`) || request.method !== 'GET') return false;
    this.#send(response, path.slice(EXPORT_PATH.length + 1));
    return true;
  }

  async #ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.#parts.isToken(token)) {
      refuse(request, response, 401, 'wrong-token', 'Open Tracebench again with npm start.');
      return;
    }
    const ids = await readIds(request);
    if (ids === 'too-large') {
      refuse(request, response, 413, 'too-large', 'So many traces are not exported at once; choose fewer.');
      return;
    }
    const known = ids?.filter((id) => this.#parts.store.library.has(id)) ?? [];
    if (ids === undefined) {
      refuse(request, response, 400, 'bad-request', 'Each line must be the id of a trace as a JSON string.');
    } else if (known.length === 0) {
      refuse(request, response, 404, 'unknown-trace', 'None of these traces is in the library any more.');
    } else {
      const path = `${EXPORT_PATH}/${this.#desk.ask(known)}`;
      const unknown = ids.filter((id) => !this.#parts.store.library.has(id));
      answer(response, 200, { path, traces: known.length, unknown: unknown.slice(0, 100) });
    }
  }

  #send(response: ServerResponse, ticket: string): void {
    const traceIds = this.#desk.take(ticket);
    if (traceIds === undefined) {
      answer(response, 404, {
        error: { code: 'unknown-export', message: 'This address was used, or is too old.' },
      });
      return;
    }
    const day = writeIsoUs(this.#parts.clock()).slice(0, 10);
    response.writeHead(200, {
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="tracebench-${day}.trace.jsonl"`,
      'cache-control': 'no-store',
    });
    pipeline(Readable.from(this.#parts.store.exportChunks(traceIds)), response).catch((error: unknown) => {
      // Whoever saves the file may stop; a file that is cut short must not look whole.
      if (!response.writableEnded && response.destroyed) return;
      reportBug(error);
      response.destroy();
    });
  }
}

async function readIds(request: IncomingMessage): Promise<readonly string[] | 'too-large' | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return 'too-large';
    parts.push(part);
  }
  const lines = Buffer.concat(parts).toString('utf8').split('\n');
  try {
    const ids = lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
    return ids.every((id) => typeof id === 'string') ? ids : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

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
