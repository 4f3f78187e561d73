/** The built page: its files are listed once, and only what is on the list is ever read. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFiles {
  /** Answers with the file of the path; false where there is none. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): boolean;
}

interface StaticFile {
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
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
    files.set(url, { path, type, bytes: (await stat(path)).size });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return {
    serve: (request, response, path) => {
      const file = files.get(path);
      if (file === undefined) return false;
      send(request, response, file, path);
      return true;
    },
  };
}

function send(request: IncomingMessage, response: ServerResponse, file: StaticFile, path: string): void {
  // Names under assets/ carry a hash of their content; all others are asked for again each time.
  const forever = path.startsWith('/assets/');
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.bytes,
    'cache-control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

async function filesUnder(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
