import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateLines } from '../generate/generate.ts';
import { passOverLines } from './bare-pass.ts';
import { postFile } from './load.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracebench-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function writeLinesOf(spans: number): Promise<{ path: string; lines: readonly string[] }> {
  const lines = [...generateLines({ seed: 1, spans })];
  const path = join(folder, 'lines.jsonl');
  await writeFile(path, `${lines.join('\n')}\n`);
  return { path, lines };
}

/** A server that keeps what it is sent and answers with one status. */
async function listen(status: number): Promise<{ url: string; bodies: unknown[][]; server: Server }> {
  const bodies: unknown[][] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push((JSON.parse(Buffer.concat(chunks).toString('utf8')) as { data: unknown[] }).data);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, bodies, server };
}

describe('the load of the ingest bench', () => {
  it('posts every line of the file once, in bodies of 100', async () => {
    const { path, lines } = await writeLinesOf(950);
    const { url, bodies, server } = await listen(204);
    const { latenciesMs } = await postFile({ url, path, connections: 3 });
    server.close();
    expect(latenciesMs).toHaveLength(Math.ceil(lines.length / 100));
    expect(Math.max(...bodies.map(({ length }) => length))).toBe(100);
    const posted = bodies.flat().map((item) => JSON.stringify(item));
    expect(posted.sort()).toEqual([...lines].sort());
  });

  it('fails on an answer that is not 204', async () => {
    const { path } = await writeLinesOf(10);
    const { url, server } = await listen(503);
    await expect(postFile({ url, path, connections: 1 })).rejects.toThrow(
      'the server answered "HTTP/1.1 503"',
    );
    server.closeAllConnections();
    server.close();
  });
});

describe('the bare pass', () => {
  it('parses every line of a file', async () => {
    const { path, lines } = await writeLinesOf(500);
    expect(await passOverLines(path)).toBe(lines.length);
  });
});
