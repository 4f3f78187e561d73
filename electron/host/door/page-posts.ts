/**
 * Pages that the user let in: a browser asks before it posts, and shows its page an answer only where the
 * answer names the page's origin. No other origin ever hears more than the refusal.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

const ASK_AGAIN_AFTER_S = '600';
/** A list of header names, as a browser asks for them. Anything else is not said back. */
const HEADER_NAMES = /^[\w\-, ]{1,1000}$/;

/** Lets the page of an allowed origin read the answer. Called once the origin was found to be allowed. */
export function nameOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'retry-after');
  response.setHeader('vary', 'origin');
}

/** True for the question of a browser whether its page may post; it has no body and stores nothing. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** The yes to an allowed origin. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const wanted = request.headers['access-control-request-headers'] ?? '';
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-max-age', ASK_AGAIN_AFTER_S);
  if (HEADER_NAMES.test(wanted)) response.setHeader('access-control-allow-headers', wanted);
  // A page from outside must be told that this machine's own network lets it in.
  if (request.headers['access-control-request-private-network'] === 'true') {
    response.setHeader('access-control-allow-private-network', 'true');
  }
  response.writeHead(204).end();
  request.resume();
}
