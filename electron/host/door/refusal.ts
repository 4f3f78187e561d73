/** Everything the door says no with: status, stable code and a sentence. Never a word of what was sent. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 503;
  readonly code: string;
  readonly message: string;
  /** Byte offset of the fault in the body. */
  readonly offset?: number;
}

/** Thrown while a body is read, caught by the door alone. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

const REFUSALS = {
  'foreign-host': [403, 'Only loopback names may be used to reach this port.'],
  'foreign-origin': [403, 'Requests of web pages are refused here.'],
  'unknown-path': [
    404,
    'Nothing is served here. Send traces to POST /v1/traces/ingest, /v1/events or /v1/traces (OTLP).',
  ],
  'wrong-method': [405, 'Only POST is served here.'],
  'body-too-large': [413, 'The body is larger than the limit.'],
  'wrong-content-type': [
    415,
    'Send application/json or application/x-ndjson in UTF-8; to the OTLP paths also application/x-protobuf.',
  ],
  'wrong-content-encoding': [415, 'Send the body as it is, or with content-encoding gzip.'],
  'bad-gzip': [400, 'The compressed body is damaged.'],
  'body-cut-short': [400, 'The body ended before its declared length.'],
  overloaded: [503, 'Too much is under way; send it again.'],
  unguarded: [503, 'What guards the journal cannot work just now; send it again.'],
  unavailable: [503, 'The journal cannot be written just now; send it again.'],
} as const satisfies Record<string, readonly [Refusal['status'], string]>;

export type RefusalCode = keyof typeof REFUSALS;

export function refusal(code: RefusalCode): Refusal {
  const [status, message] = REFUSALS[code];
  return { status, code, message };
}

/** The sentence of a code; undefined for a code that is none of the door's. */
export function describeRefusal(code: string): string | undefined {
  return Object.entries(REFUSALS).find(([known]) => known === code)?.[1][1];
}
