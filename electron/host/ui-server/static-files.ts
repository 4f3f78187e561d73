/** The built page: its files are listed once, and only what is on the list is ever read. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFiles {
  /** Answers with the file of the path; false where there is none. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): boolean;
  /** The file of a URL's path, for a shell that answers by itself. */
  find(path: string): StaticFile | undefined;
}

export interface StaticFile {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Lists the files under `directory`; none where it does not exist. */
export async function listStaticFiles(directory: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const path of await filesUnder(directory)) {
    const url = `/${relative(directory, path).split(sep).join('/')}`;
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const headers = {
      'content-type': type,
      'content-length': String((await stat(path)).size),
      // Names under assets/ carry a hash of their content; all others are asked for again each time.
      'cache-control': url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    files.set(url, { path, headers });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return {
    serve: (request, response, path) => {
      const file = files.get(path);
      if (file === undefined) return false;
      send(request, response, file);
      return true;
    },
    find: (path) => files.get(path),
  };
}

function send(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  response.writeHead(200, file.headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Folder by folder: inside the archive of a packaged app, a recursive look is not to be relied on. */
async function filesUnder(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  return found;
}
