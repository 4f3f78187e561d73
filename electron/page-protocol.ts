/** `app://workbench`: the files of the built page, under the same policy as in a browser, its `POST /import` and `/export`. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SECURITY_HEADERS } from './host/ui-server/security-headers.ts';
import type { StaticFiles } from './host/ui-server/static-files.ts';
import { PAGE_ORIGIN, PAGE_SCHEME } from './page-origin.ts';

/** Where a host serves its page over http, and what lets one in there. */
export interface HostAddress {
  readonly ui: string;
  readonly token: string;
}

/** Must be called before Electron is ready: a scheme like https, with an origin and storage of its own. */
export function declarePageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges }]);
}

/** `findHost` answers where imports go; undefined while no host runs. */
export function servePage(files: StaticFiles, findHost: () => HostAddress | undefined): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const path = pathOf(request.url);
    if (isForHost(request.method, path)) return await passOn(request, findHost());
    const file = path === undefined || request.method !== 'GET' ? undefined : files.find(path);
    if (file === undefined) return plain(404, 'There is no such file.');
    const headers = { ...file.headers, ...SECURITY_HEADERS };
    return new Response(new Uint8Array(await readFile(file.path)), { headers });
  });
}

/** Files that come in and go out: the host does both. */
function isForHost(method: string, path: string | undefined): boolean {
  if (method === 'POST') {
    return path === '/import' || path === '/export' || (path?.startsWith('/export/') ?? false);
  }
  return method === 'GET' && path?.startsWith('/export/') === true;
}

/** Undefined for any other address than ours. */
function pathOf(address: string): string | undefined {
  return address.startsWith(`${PAGE_ORIGIN}/`) ? new URL(address).pathname : undefined;
}

/** A file without a path on disk goes through to the host as it comes, unread; the page needs no token for it. */
async function passOn(request: Request, host: HostAddress | undefined): Promise<Response> {
  if (host === undefined) return plain(503, 'The host is not running.');
  const { pathname, search } = new URL(request.url);
  try {
    const answer = await fetch(`${host.ui}${pathname}${search}`, {
      method: request.method,
      headers: { authorization: `Bearer ${host.token}` },
      body: request.body,
      // Node demands it of a body that is a stream.
      ...{ duplex: 'half' },
    });
    const headers = new Headers(SECURITY_HEADERS);
    for (const name of ['content-type', 'content-disposition']) {
      const value = answer.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    // An export streams through; it may be larger than memory.
    return new Response(answer.body, { status: answer.status, headers });
  } catch {
    // The host ended meanwhile; the page says so from the answer.
    return plain(503, 'The host ended. What had arrived is kept.');
  }
}

function plain(status: number, message: string): Response {
  const body = JSON.stringify({ error: { code: 'shell', message } });
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' } });
}
