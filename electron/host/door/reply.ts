/** How the door answers: short, and never with a word of what was sent. */
import type { ServerResponse } from 'node:http';
import type { Reject } from '../records/record-intake.ts';
import type { Refusal } from './refusal.ts';

const RETRY_AFTER_S = '1';
/** What is left of a refused body is read over for so long, so that the client sees the answer. */
const LINGER_MS = 1000;

/** 204, or 200 with the list of what was not kept. */
export function replyAccepted(
  response: ServerResponse,
  accepted: number,
  rejects: readonly Reject[],
  rejectedTotal: number,
): void {
  if (rejectedTotal === 0) {
    response.writeHead(204).end();
    return;
  }
  const rejected = rejects.map(({ position, code }) => ({ position, code }));
  sendJson(response, 200, { accepted, rejected, rejectedTotal });
}

export function replyRefused(response: ServerResponse, { status, code, message, offset }: Refusal): void {
  const { req: request } = response;
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER_S);
  if (status === 405) response.setHeader('allow', 'POST');
  if (!request.complete) {
    // The rest of the body is not wanted: it is read over for a moment, then the connection ends.
    response.setHeader('connection', 'close');
    request.unpipe();
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
    request.socket.once('close', () => {
      clearTimeout(timer);
    });
  }
  sendJson(response, status, { error: { code, message, ...(offset !== undefined && { offset }) } });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
