/**
 * The door: a loopback port where tracing SDKs post. It answers 2xx only for what is durable, 503 with
 * retry-after for everything that may work later, and refuses pages, foreign names and endless bodies.
 * Headers such as Authorization are neither kept nor looked at.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../../core/model/time.ts';
import { endSocket } from '../end-socket.ts';
import { IntakeClosedError } from '../intake/intake-closed.ts';
import type { IntakeGate } from '../intake/intake-gate.ts';
import { placeNotKept } from '../intake/place-not-kept.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import type { BodyReading } from '../records/read-body.ts';
import type { Reject } from '../records/record-intake.ts';
import { BodyBudget } from './body-budget.ts';
import { guardRequest } from './loopback-guard.ts';
import { answerPreflight, isPreflight, nameOrigin } from './page-posts.ts';
import { declaredLength, readRequestBody } from './read-request-body.ts';
import { refusal, RefusedError, type Refusal } from './refusal.ts';
import { replyRefused } from './reply.ts';
import { mediaType, ROUTES, type Route } from './routes.ts';
import { passOver } from '../pass-over.ts';

export interface DoorLimits {
  /** Of one body, unzipped. */
  readonly bodyBytes: number;
  /** Of all bodies under way. */
  readonly pendingBytes: number;
  /** Whole bodies that wait for the disk. */
  readonly pendingRequests: number;
  readonly connections: number;
  readonly headersMs: number;
  readonly requestMs: number;
}

export interface DoorParts {
  readonly clock: Clock;
  /** Why nothing can be stored just now; asked before a body is read. */
  readonly isRefusing: () => boolean;
  /** Every batch goes through it. */
  readonly gate: IntakeGate;
  readonly onAccepted: (records: number) => void;
  /** The first rejects of a body, and how many there were. `position` -1: the whole body. */
  readonly onRejected: (path: string, rejects: readonly Reject[], count: number) => void;
  /** Told of our own bugs; the client gets a 503 and tries again. */
  readonly onBug: (error: unknown) => void;
  /** Origins of pages that may post; none by default. */
  readonly origins?: ReadonlySet<string>;
  readonly limits?: Partial<DoorLimits>;
  /** Where the door notes what is under way; one of its own where nobody else looks. */
  readonly budget?: BodyBudget;
}

const MIB = 1024 * 1024;
export const DOOR_LIMITS: DoorLimits = {
  bodyBytes: 64 * MIB,
  pendingBytes: 96 * MIB,
  pendingRequests: 256,
  connections: 2048,
  headersMs: 10_000,
  requestMs: 30_000,
};
/** Longer than the five seconds between two exports of an SDK, so that it keeps its connection. */
const KEEP_ALIVE_MS = 65_000;

/** What may be under way at the door at once. */
export function makeBodyBudget(limits: Partial<DoorLimits> = {}): BodyBudget {
  const { pendingBytes, pendingRequests } = { ...DOOR_LIMITS, ...limits };
  return new BodyBudget({ bytes: pendingBytes, bodies: pendingRequests });
}

/** Makes the server; the caller listens with it, on loopback only. */
export function createDoor(parts: DoorParts): Server {
  const limits = { ...DOOR_LIMITS, ...parts.limits };
  const budget = parts.budget ?? makeBodyBudget(limits);
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
    },
    (request, response) => {
      // The client went away before its answer: there is nobody left to tell.
      response.on('error', passOver);
      void serve(parts, limits, budget, request, response);
    },
  );
  server.maxConnections = limits.connections;
  // With Node's limit, what stands behind the 2,000th header is not seen: an Origin could hide there.
  server.maxHeadersCount = 0;
  server.on('clientError', answerClientError);
  return server;
}

async function serve(
  parts: DoorParts,
  limits: DoorLimits,
  budget: BodyBudget,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const route = ROUTES.get(path);
  const stranger = guardRequest(request, parts.origins ?? NO_ORIGINS);
  if (stranger === undefined) {
    nameOrigin(request, response);
    if (route !== undefined && isPreflight(request)) {
      answerPreflight(request, response);
      return;
    }
  }
  const refused = stranger ?? refuseEarly(parts, limits, request, route);
  if (route === undefined || refused !== undefined) {
    note(parts, path, refused, declaredLength(request));
    replyRefused(response, refused ?? refusal('unknown-path'));
    return;
  }
  const share = budget.open();
  try {
    const body = await readRequestBody(request, limits.bodyBytes, share);
    if (!share.begin()) throw new RefusedError(refusal('overloaded'));
    const reading = route.read(body, parts.clock(), mediaType(request.headers['content-type']));
    await store(parts, { path, route, reading, bytes: body.length }, response);
  } catch (error) {
    const { refusal: why } = error instanceof RefusedError ? error : explain(parts, error);
    note(parts, path, why, declaredLength(request));
    replyRefused(response, why);
  } finally {
    share.close();
  }
}

async function store(
  parts: DoorParts,
  { path, route, reading, bytes }: { path: string; route: Route; reading: BodyReading; bytes: number },
  response: ServerResponse,
): Promise<void> {
  if (reading.kind === 'malformed') {
    parts.onRejected(path, [{ position: -1, code: reading.code, bytes }], 1);
    replyRefused(response, reading);
    return;
  }
  const { batch } = reading;
  const outcome = batch && (await parts.gate.admit(batch));
  const { rejects, rejected } = outcome ? placeNotKept(reading, outcome.notKept) : reading;
  const accepted = (batch?.records.length ?? 0) - (outcome?.notKept.length ?? 0);
  parts.onAccepted(accepted);
  if (rejected > 0) parts.onRejected(path, rejects, rejected);
  route.accept(response, accepted, rejects, rejected);
}

/** Everything that can be said to one of this machine before a body is read. */
function refuseEarly(
  parts: DoorParts,
  limits: DoorLimits,
  request: IncomingMessage,
  route: Route | undefined,
): Refusal | undefined {
  if (route === undefined) return refusal('unknown-path');
  if (request.method !== 'POST') return refusal('wrong-method');
  if (!isReadable(request.headers['content-type'], route)) return refusal('wrong-content-type');
  if (declaredLength(request) > limits.bodyBytes) return refusal('body-too-large');
  return parts.isRefusing() ? refusal('unavailable') : undefined;
}

/** A type that a body may have, in UTF-8: another charset would be read as words nobody wrote. */
function isReadable(contentType: string | undefined, { types }: Route): boolean {
  if (contentType === undefined) return true;
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  return types.has(type) && parameters.every((text) => !/^charset(?!=("?)utf-?8\1$)/.test(text));
}

const NO_ORIGINS: ReadonlySet<string> = new Set();

/** A refused body is a reject of its own: the user must see what a client lost. */
function note(parts: DoorParts, path: string, refused: Refusal | undefined, bytes: number): void {
  const told = refused !== undefined && (refused.status === 400 || refused.status === 413);
  if (told) parts.onRejected(path, [{ position: -1, code: refused.code, bytes }], 1);
}

function explain(parts: DoorParts, error: unknown): RefusedError {
  if (error instanceof IntakeClosedError) return new RefusedError(refusal('unguarded'));
  if (!(error instanceof JournalUnavailableError)) parts.onBug(error);
  return new RefusedError(refusal('unavailable'));
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** What is no HTTP, is cut short or comes too slowly: an answer where one can still be read, then the end. */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request';
  endSocket(socket, status);
}
