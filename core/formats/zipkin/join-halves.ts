/**
 * Zipkin lets a client and the server it calls report the same id: one call, seen from both ends. Here they are
 * two spans. The server's half gets the id `<id>.s` and is the child of its client's; what the server did stands
 * below the server's. Several reports of one half are one span.
 *
 *     client   |---------------|        id a
 *     server       |------|             id a, shared  ->  a.s below a
 *     local           |-|               parent a, the server's service  ->  below a.s
 */
import { isJsonObject, ownAt, type Json, type JsonObject } from '../../model/json.ts';
import type { AttributedSpan } from '../genai/attributed-span.ts';
import type { FineTime } from '../genai/fine-time.ts';
import type { ZipkinReport } from './read-span.ts';

const SERVER_MARK = '.s';

/** `reports` are all of one trace, in any order. */
export function joinHalves(reports: readonly ZipkinReport[]): readonly AttributedSpan[] {
  const others = new Set<string>();
  const clients = new Set<string>();
  for (const { span, kind, shared } of reports) {
    if (kind === 'CLIENT') clients.add(span.spanId);
    if (!shared) others.add(span.spanId);
  }
  const isServerHalf = ({ span: { spanId }, kind, shared }: ZipkinReport): boolean =>
    shared ? others.has(spanId) : kind === 'SERVER' && clients.has(spanId);
  const servers = new Map<string, Set<string | undefined>>();
  for (const report of reports) {
    if (!isServerHalf(report)) continue;
    const services = servers.get(report.span.spanId) ?? new Set();
    servers.set(report.span.spanId, services.add(report.service));
  }
  const joined = new Map<string, AttributedSpan>();
  for (const report of reports) {
    const span = placed(report, isServerHalf(report), servers);
    const known = joined.get(span.spanId);
    joined.set(span.spanId, known === undefined ? span : merge(known, span));
  }
  return [...joined.values()];
}

function placed(
  { span, service }: ZipkinReport,
  isServer: boolean,
  servers: ReadonlyMap<string, ReadonlySet<string | undefined>>,
): AttributedSpan {
  if (isServer) return { ...span, spanId: span.spanId + SERVER_MARK, parentId: span.spanId };
  const { parentId } = span;
  const isBelowServer = parentId !== undefined && servers.get(parentId)?.has(service) === true;
  return isBelowServer && service !== undefined ? { ...span, parentId: parentId + SERVER_MARK } : span;
}

/** A late report completes an early one; of two that differ the order must not decide. */
function merge(a: AttributedSpan, b: AttributedSpan): AttributedSpan {
  const [first, second] = JSON.stringify(a) < JSON.stringify(b) ? [a, b] : [b, a];
  const events = new Map([...first.events, ...second.events].map((event) => [JSON.stringify(event), event]));
  return {
    ...first,
    name: first.name || second.name,
    parentId: first.parentId ?? second.parentId,
    start: pick(first.start, second.start, (x, y) => x.us < y.us),
    end: pick(first.end, second.end, (x, y) => x.us > y.us),
    attributes: union(first.attributes, second.attributes),
    events: [...events.values()],
    status: first.status.code === 'unset' ? second.status : first.status,
    kind: first.kind ?? second.kind,
    resource: union(first.resource, second.resource),
    extra: deepUnion(first.extra, second.extra),
  };
}

function union(a: JsonObject, b: JsonObject): JsonObject {
  return { ...b, ...a };
}

/** Endpoints with their addresses and ports may stand in either report. */
function deepUnion(a: JsonObject, b: JsonObject): JsonObject {
  const joined = Object.entries(a).map(([key, value]): [string, Json] => {
    const other = ownAt(b, key);
    return [key, isJsonObject(value) && isJsonObject(other) ? deepUnion(value, other) : value];
  });
  return { ...b, ...Object.fromEntries(joined) };
}

function pick(
  a: FineTime | undefined,
  b: FineTime | undefined,
  wins: (a: FineTime, b: FineTime) => boolean,
): FineTime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return wins(a, b) ? a : b;
}
