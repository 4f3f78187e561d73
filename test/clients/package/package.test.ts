import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPackage } from './build-package.ts';

const folder = buildPackage({ minify: true });
const read = (name: string): string => readFileSync(join(folder(), name), 'utf8');

interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Runs a program that has the library as `t`; `TRACEBENCH_DATA` is an empty place. */
function run(program: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const text = `const t = require(${JSON.stringify(join(folder(), 'tracing.cjs'))});\n${program}`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', text], {
      env: { PATH: process.env['PATH'], TRACEBENCH_DATA: join(folder(), 'data'), ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('ready')) child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

describe('the published library', () => {
  it('is under 15 kB gzipped, with every processor that a browser can use', () => {
    expect(gzipSync(read('tracing-browser.cjs'), { level: 9 }).length).toBeLessThan(15_000);
  });

  it('needs no package, and in browsers no module of Node', () => {
    const modules = (name: string): string[] =>
      [...read(name).matchAll(/(?:\brequire\(|\bfrom\s*|\bimport\()["'`]([^"'`]+)["'`]/g)].map(
        (match) => match[1] ?? '',
      );
    expect(modules('tracing.cjs').filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(modules('tracing.mjs').filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(modules('tracing.mjs')).toContain('node:async_hooks');
    for (const name of ['tracing-browser.mjs', 'tracing-browser.cjs', 'tracing-analysis.mjs']) {
      expect(modules(name)).toEqual([]);
    }
  });

  it('is loaded by import and by require with the same names', async () => {
    const names = await new Promise<string>((resolve) => {
      const program = `
        import * as esm from ${JSON.stringify(join(folder(), 'tracing.mjs'))};
        import { createRequire } from 'node:module';
        const cjs = createRequire(import.meta.url)(${JSON.stringify(join(folder(), 'tracing.cjs'))});
        const names = (all) => Object.keys(all).filter((name) => name !== 'default').sort().join();
        console.log(names(esm) === names(cjs), names(esm).split(',').length);`;
      execFile(process.execPath, ['--input-type=module', '-e', program], (error, out) =>
        error === null ? resolve(out) : resolve(error.message),
      );
    });
    expect(names).toMatch(/^true \d\d/);
  });
});

describe('a program that ends', () => {
  let server: Server;
  let url: string;
  const events: string[] = [];
  beforeEach(async () => {
    events.length = 0;
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        for (const line of body.split('\n').filter((text) => text !== '')) {
          events.push((JSON.parse(line) as { event: string }).event);
        }
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const ALL = ['on_trace_start', 'on_span_start', 'on_span_end', 'on_trace_end'];
  const TRACE = `t.setTraceProcessors([new t.WorkbenchProcessor()]);
    t.trace('W', () => t.agentSpan('A', () => 1));`;

  it('normally delivers everything, without being asked', async () => {
    expect(await run(TRACE, { TRACEBENCH_URL: url })).toMatchObject({ code: 0, output: '' });
    expect(events).toEqual(ALL);
  });

  it('by a signal delivers everything, and ends by that signal', async () => {
    const program = `${TRACE} setInterval(() => {}, 1000); console.log('ready');`;
    expect(await run(program, { TRACEBENCH_URL: url })).toMatchObject({ signal: 'SIGTERM' });
    expect(events).toEqual(ALL);
  });

  it('is not held by timers and connections of ours', async () => {
    const program = `${TRACE}
      t.addTraceProcessor({ export: () => {} });
      t.flushTraces().then(() => console.log('flushed'));`;
    expect(await run(program, { TRACEBENCH_URL: url })).toMatchObject({ code: 0, output: 'flushed\n' });
  });

  it('without a workbench ends all the same, with one line of notice', async () => {
    const { code, output } = await run(TRACE, { TRACEBENCH_URL: 'http://127.0.0.1:9' });
    expect(code).toBe(0);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });
});
