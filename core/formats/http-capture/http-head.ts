/** The first line of an HTTP message and the headers that say how its body is to be read. */

export interface HttpHead {
  /** undefined: an answer. */
  readonly method: string | undefined;
  readonly path: string;
  readonly isChunked: boolean;
  readonly contentLength: number | undefined;
  readonly contentEncoding: string;
  readonly contentType: string;
  /** A body may follow although neither its length nor chunks are announced. */
  readonly mayHaveBody: boolean;
}

const REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S+) HTTP\/1\.[01]\r?$/;
const ANSWER = /^HTTP\/1\.[01] (\d{3})\b/;

/** True for a line that begins a request or an answer. */
export function isStartLine(line: string): boolean {
  const text = line.replace(/\n$/, '');
  return REQUEST.test(text) || ANSWER.test(text);
}

/** undefined where the text is no head of HTTP. */
export function readHttpHead(text: string): HttpHead | undefined {
  const [first = '', ...lines] = text.split('\n');
  const [, method, target = ''] = REQUEST.exec(first) ?? [];
  const status = method === undefined ? ANSWER.exec(first)?.[1] : undefined;
  if (method === undefined && status === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = headers.get('content-length') ?? '';
  const isEmptyAnswer = status !== undefined && /^(1\d\d|204|304)$/.test(status);
  return {
    method,
    path: target.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, ''),
    isChunked: /\bchunked\b/i.test(headers.get('transfer-encoding') ?? ''),
    contentLength: /^\d{1,12}$/.test(length) && !isEmptyAnswer ? Number(length) : undefined,
    contentEncoding: (headers.get('content-encoding') ?? '').toLowerCase(),
    contentType: (headers.get('content-type') ?? '').toLowerCase(),
    mayHaveBody: method === 'POST' || method === 'PUT' || method === 'PATCH',
  };
}
