/**
 * speedscope as it comes from npm, put into .cache when the bench first asks for it, and served with one profile on
 * a port of its own. It is measured beside, and no part of the project.
 */
import { execFile } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '1.25.0';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Folder of the built site; undefined where it is not there and cannot be had. */
export async function findSpeedscope(): Promise<string | undefined> {
  const home = join('.cache', 'bench', 'speedscope');
  const site = join(home, 'node_modules', 'speedscope', 'dist', 'release');
  if (existsSync(site)) return site;
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), '{"private":true}');
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', `speedscope@${VERSION}`];
  try {
    await promisify(execFile)('npm', args, { cwd: home });
  } catch (error) {
    process.stderr.write(`speedscope could not be had: ${String(error)}\n`);
  }
  return existsSync(site) ? site : undefined;
}

export interface ServedSite {
  readonly url: string;
  close(): void;
}

/** Serves the site and, as `/profile.json`, one file. */
export async function serveSite(site: string, profile: string): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    const path = name === 'profile.json' ? profile : join(site, name === '' ? 'index.html' : name);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
