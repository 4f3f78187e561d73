/**
 * The page's own server on loopback: its files, its socket at `/rpc`, `POST /import` for dropped files, and
 * `/export` for traces that are saved.
 * Whoever names another host, or comes from another page, gets nothing; whoever has no token gets files only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { isForLoopback } from '../door/loopback-guard.ts';
import { endSocket } from '../end-socket.ts';
import { ExportRoute } from '../export/serve-export.ts';
import { startSession } from '../rpc-server/session.ts';
import { makeWebSocketPort } from '../rpc-server/websocket-port.ts';
import type { Workbench } from '../rpc-server/workbench.ts';
import { receiveImport, type ImportBody } from './receive-import.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { StaticFiles } from './static-files.ts';

export interface UiServerParts {
  readonly files: StaticFiles;
  readonly workbench: Workbench;
  readonly importBody: ImportBody;
}

/** Requests of the contract are small; a larger message is none of ours. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Pages and command lines at once: far more than one person has open. */
const MAX_SESSIONS = 128;

export interface UiServer {
  /** The caller listens with it, on loopback only. */
  readonly server: Server;
  /** Ends every page's socket, which a server that closes would wait for. */
  endSessions(): void;
}

export function createUiServer(parts: UiServerParts): UiServer {
  const { workbench } = parts;
  const exports = new ExportRoute({
    store: workbench.store,
    clock: () => Date.now() * 1000,
    isToken: (token) => workbench.isToken(token),
    tellExport: (wish) => workbench.audit.exported(wish),
  });
  const server = createServer({ noDelay: true }, (request, response) => {
    setSecurityHeaders(response);
    serve(parts, exports, request, response);
  });
  // With Node's limit, what stands behind the 2,000th header is not seen: an Origin could hide there.
  server.maxHeadersCount = 0;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refused = !isOwnRequest(request)
      ? '403 Forbidden'
      : pathOf(request) !== '/rpc'
        ? '404 Not Found'
        : sockets.clients.size >= MAX_SESSIONS
          ? '503 Service Unavailable'
          : '';
    if (refused !== '') {
      endSocket(socket, refused);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      startSession(makeWebSocketPort(webSocket), parts.workbench);
    });
  });
  return {
    server,
    endSessions: () => {
      for (const client of sockets.clients) client.terminate();
    },
  };
}

function serve(
  { files, workbench, importBody }: UiServerParts,
  exports: ExportRoute,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!isOwnRequest(request)) {
    plain(response, 403, 'Only this page may come here.');
    return;
  }
  const path = pathOf(request);
  if (path === '/import') {
    receiveImport(request, response, (token) => workbench.isToken(token), importBody);
    return;
  }
  if (exports.serve(request, response, path)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    plain(response, 405, 'Only GET is served here.');
    return;
  }
  if (files.serve(request, response, path)) return;
  if (path === '/') plain(response, 200, 'Tracebench runs, but its page is not built. Run: npm run build');
  else plain(response, 404, 'There is no such file.');
}

/** A loopback name, and no origin or the page's own. */
export function isOwnRequest(request: IncomingMessage): boolean {
  if (!isForLoopback(request)) return false;
  const { headers } = request;
  return headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`;
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
