/**
 * The network of a plugin: the host asks for it, over https, at the origins that plugin.json names, without cookies or
 * anything else of the user's. It never reaches this machine or the network around it, whatever a name leads to.
 */
import { lookup as lookUp } from 'node:dns';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, type LookupFunction } from 'node:net';
import { describeBytes } from './describe-bytes.ts';
import type { PerformRequest } from './plugin-runner.ts';
import type { GuestRequest, GuestResponse } from './thread-words.ts';

export const REQUEST_LIMITS = { withinMs: 10_000, bytes: 1024 * 1024, headers: 20 } as const;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
/** What would say who the user is, or change how the request travels. */
const KEPT_BACK =
  /^(cookie|host|connection|proxy-.*|sec-.*|origin|referer|transfer-encoding|content-length|upgrade|te)$/i;

/** Sends a checked request; another one in tests. */
export type Send = (
  url: URL,
  options: RequestOptions,
  body: string | undefined,
) => Promise<Omit<Answered, 'id'>>;
type Answered = Extract<GuestResponse, { status: number }>;

export function performFor(allow: readonly string[], send: Send = sendOverHttps): PerformRequest {
  return async (wanted) => {
    const { id } = wanted;
    const refused = findRefusal(wanted, allow);
    if (refused !== undefined) return { id, refused };
    try {
      const { method, headers, body } = wanted;
      return { id, ...(await send(new URL(wanted.url), { method, headers }, body)) };
    } catch (error) {
      return { id, refused: error instanceof Error ? error.message : String(error) };
    }
  };
}

function findRefusal({ url, method, headers }: GuestRequest, allow: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'This is no address.';
  const { origin, protocol, username, password } = new URL(url);
  if (protocol !== 'https:') return `${protocol} is not allowed: only https.`;
  if (!allow.includes(origin)) return `${origin} is not named in "network" of plugin.json.`;
  if (username !== '' || password !== '') return 'An address with a name and a password is not allowed.';
  if (!METHODS.includes(method)) return `The method ${method} is not known.`;
  const names = Object.keys(headers);
  const kept = names.find((name) => KEPT_BACK.test(name));
  if (kept !== undefined) return `The header ${kept} is not a plugin's to set.`;
  return names.length > REQUEST_LIMITS.headers ? 'There are too many headers.' : undefined;
}

const sendOverHttps: Send = (url, options, body) =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(REQUEST_LIMITS.withinMs);
    const request = httpsRequest(url, { ...options, signal, lookup: lookUpOutside, agent: false });
    request.on('error', (error) => {
      reject(signal.aborted ? new Error(`No answer within ${REQUEST_LIMITS.withinMs / 1000} s.`) : error);
    });
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > REQUEST_LIMITS.bytes) {
          response.destroy(new Error(`The answer is larger than ${describeBytes(REQUEST_LIMITS.bytes)}.`));
        }
      });
      response.on('error', reject);
      // A redirect is an answer like any other: where it leads is for the plugin to ask, if it may.
      response.on('end', () => {
        const contentType = response.headers['content-type'] ?? '';
        resolve({
          status: response.statusCode ?? 0,
          contentType,
          text: Buffer.concat(parts).toString('utf8'),
        });
      });
    });
    request.end(body);
  });

/** As Node's own, but a name that leads inside leads nowhere: looked at here, so that it cannot change in between. */
export const lookUpOutside: LookupFunction = (name, options, told) => {
  lookUp(name, { ...options, all: true }, (error, addresses) => {
    const isOutside = error === null && !addresses.some(({ address, family }) => isInside(address, family));
    if (!isOutside) {
      told(error ?? new Error(`${name} leads to this machine or its own network.`), '', 0);
      return;
    }
    const [first] = addresses;
    if (options.all === true) told(null, addresses);
    else if (first !== undefined) told(null, first.address, first.family);
    else told(new Error(`${name} leads nowhere.`), '', 0);
  });
};

/** Loopback, private, link-local, shared, multicast and reserved addresses, in whatever form of IPv6 they come. */
export function isInside(address: string, family: number): boolean {
  return INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  INSIDE.addSubnet(net, bits, 'ipv6');
}
