/** Node's side of a sender: posts over connections that are kept but hold no process, and the end of the process. */
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { onExit } from './exit-hooks.ts';
import { findDoor } from './find-door.ts';
import {
  readRetryAfter,
  readShouldRetry,
  type ClientPlatform,
  type PostAnswer,
  type PostRequest,
} from './platform.ts';

export const nodePlatform: ClientPlatform = { findDoor, post, onExit };

interface Transport {
  readonly request: (
    url: URL,
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) => ClientRequest;
  readonly agent: Agent;
}

const transports = new Map<string, Promise<Transport>>();

/** Loaded when first needed: a program that never sends pays nothing. */
function getTransport(protocol: string): Promise<Transport> {
  const known = transports.get(protocol);
  if (known !== undefined) return known;
  const loaded = loadTransport(protocol);
  transports.set(protocol, loaded);
  return loaded;
}

async function loadTransport(protocol: string): Promise<Transport> {
  const http = protocol === 'https:' ? await import('node:https') : await import('node:http');
  return { request: http.request, agent: new http.Agent({ keepAlive: true, maxSockets: 2 }) };
}

async function post({ url, body, headers, timeoutMs }: PostRequest): Promise<PostAnswer> {
  const address = new URL(url);
  const { request, agent } = await getTransport(address.protocol);
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-length': bytes.length },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const sent = request(address, options, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => resolve(readAnswer(response)));
    });
    sent.on('socket', (socket) => socket.unref());
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function readAnswer({ statusCode, headers }: IncomingMessage): PostAnswer {
  const header = (name: string): string | undefined => headers[name]?.toString();
  return {
    status: statusCode ?? 0,
    retryAfterMs: readRetryAfter(header),
    shouldRetry: readShouldRetry(header('x-should-retry')),
  };
}
