/** A client that posts batches over one kept connection, as an SDK does, and knows what was answered. */
import { Agent, request } from 'node:http';
import type { Prng } from '../generate/prng.ts';

export interface SpanBatch {
  readonly spanIds: readonly string[];
  readonly body: string;
}

/** 1 to 30 spans of a few traces, from small to a few kilobytes. */
export function spanBatch(prng: Prng, traces: number): SpanBatch {
  const spanIds = Array.from({ length: prng.int(1, 30) }, () => `span_${prng.hex(24)}`);
  const data = spanIds.map((id) => ({
    object: 'trace.span',
    id,
    trace_id: `trace_${String(prng.int(1, traces))}`,
    parent_id: null,
    started_at: '2026-06-01T00:00:00.000Z',
    ended_at: '2026-06-01T00:00:01.000Z',
    span_data: { type: 'function', name: 'lookup', input: '{}', output: 'ä'.repeat(prng.int(0, 2000)) },
    error: null,
  }));
  return { spanIds, body: JSON.stringify({ data }) };
}

export class Producer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: URL;

  constructor(ingest: string) {
    this.#url = new URL('/v1/traces/ingest', ingest);
  }

  /** The status of the answer; undefined where none came. */
  post({ body }: SpanBatch): Promise<number | undefined> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const call = request(this.#url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        response.resume();
        response.once('close', () => {
          resolve(response.complete ? response.statusCode : undefined);
        });
      });
      call.once('error', () => {
        resolve(undefined);
      });
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
