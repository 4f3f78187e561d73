/**
 * Who may speak to a port of ours: programs of this machine, by a loopback name. A web page always gives
 * itself away by its Origin, and a name that an attacker's DNS points here by its Host.
 */
import type { IncomingMessage } from 'node:http';
import { refusal, type Refusal } from './refusal.ts';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i;

/** True where the one Host header names this machine's loopback, and the port that was reached if any. */
export function isForLoopback({ headersDistinct, socket }: IncomingMessage): boolean {
  const hosts = headersDistinct['host'] ?? [];
  const match = hosts.length === 1 ? LOOPBACK_HOST.exec(hosts[0] ?? '') : null;
  return match !== null && (match[1] === undefined || Number(match[1]) === socket.localPort);
}

/** Why a request may not come in; undefined where it may. `origins` are allowed to the letter. */
export function guardRequest(request: IncomingMessage, origins: ReadonlySet<string>): Refusal | undefined {
  if (!isForLoopback(request)) return refusal('foreign-host');
  const { origin } = request.headers;
  if (origin !== undefined && !origins.has(origin)) return refusal('foreign-origin');
  // Browsers say so themselves, also where they leave the origin out. Node's own fetch does not send it.
  const site = request.headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  return foreign && origin === undefined ? refusal('foreign-origin') : undefined;
}
