/** What is served at the door: how each path's body is read, in which types, and how it is answered. */
import type { ServerResponse } from 'node:http';
import type { EpochUs } from '../../../core/model/time.ts';
import { readEventLines, readIngestBody, type BodyReading } from '../records/read-body.ts';
import { ignoreBody, readOtlpBody } from '../records/read-otlp-body.ts';
import type { Reject } from '../records/record-intake.ts';
import { replyOtlp } from './otlp-reply.ts';
import { replyAccepted } from './reply.ts';

export interface Route {
  /** `type` is the media type, in lower case; '' where none was sent. */
  readonly read: (body: Buffer, nowUs: EpochUs, type: string) => BodyReading;
  readonly types: ReadonlySet<string>;
  readonly accept: (
    response: ServerResponse,
    accepted: number,
    rejects: readonly Reject[],
    rejected: number,
  ) => void;
}

const JSON_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/octet-stream',
]);
const PROTOBUF_TYPES: ReadonlySet<string> = new Set(['application/x-protobuf', 'application/protobuf']);
const OTLP_TYPES: ReadonlySet<string> = new Set(['application/json', ...PROTOBUF_TYPES]);

const ingest: Route = { read: readIngestBody, types: JSON_TYPES, accept: replyAccepted };

function otlp(read: Route['read'], rejectedField: string): Route {
  return {
    read,
    types: OTLP_TYPES,
    accept: (response, _accepted, rejects, rejected) => {
      replyOtlp(response, { isProtobuf: isProtobuf(response), rejectedField, rejects, rejected });
    },
  };
}

function isProtobuf({ req: { headers } }: ServerResponse): boolean {
  return PROTOBUF_TYPES.has(mediaType(headers['content-type']));
}

/** The media type alone, in lower case. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['/v1/traces/ingest', ingest],
  ['/traces/ingest', ingest],
  ['/v1/events', { ...ingest, read: readEventLines }],
  [
    '/v1/traces',
    otlp((body, nowUs, type) => readOtlpBody(body, nowUs, PROTOBUF_TYPES.has(type)), 'rejectedSpans'),
  ],
  [
    '/v1/logs',
    otlp((body, nowUs, type) => readOtlpBody(body, nowUs, PROTOBUF_TYPES.has(type)), 'rejectedLogRecords'),
  ],
  ['/v1/metrics', otlp(ignoreBody, 'rejectedDataPoints')],
]);
