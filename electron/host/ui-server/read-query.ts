/** One value of a request's query, short and without control characters, since it is shown and stored. */
import type { IncomingMessage } from 'node:http';

const MAX_LENGTH = 255;

export function readIdOr(request: IncomingMessage, key: string, fallback: string): string {
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const value = (query.get(key) ?? '')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
  return value === '' ? fallback : value;
}
