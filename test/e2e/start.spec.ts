/** `npm start -- FILES`: one command from a prepared tree to a listening workbench with the files in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, makeDataDirectory, runCliJson, test } from './harness.ts';
import { tracesOf } from './truth.ts';

const START = join(dirname(fileURLToPath(import.meta.url)), '../../scripts/start.mjs');
const TRACE_ID = 'trace_0000000000000000000000000000f11e';

const MOST_STARTS = 3;
const AIM_MS = 2_000;

test('imports the files, listens within two seconds, and Ctrl-C ends everything', async () => {
  const data = await makeDataDirectory();
  const file = join(data, 'one.jsonl');
  await writeFile(file, JSON.stringify({ object: 'trace', id: TRACE_ID, workflow_name: 'Started' }));
  // The first run of a test session may still have to build; only what comes after it is timed.
  await runCliJson(['list', '--data', data]);

  // The machine may do other work: one start of three that is fast shows that a start can be.
  let bestMs = Infinity;
  for (let start = 0; start < MOST_STARTS && bestMs >= AIM_MS; start++) {
    bestMs = Math.min(bestMs, await startOnce(data, file));
  }
  expect(bestMs).toBeLessThan(AIM_MS);
  await rm(data, { recursive: true, force: true });
});

/** Starts, looks, and ends it with Ctrl-C; answers how long it took until the door was open. */
async function startOnce(data: string, file: string): Promise<number> {
  const startedMs = performance.now();
  const args = [START, '--port', '0', '--ingest-port', '0', '--data', data, '--no-open', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  let tookMs: number;
  try {
    await said('Traces are received at http://127.0.0.1:');
    tookMs = performance.now() - startedMs;
    await said('Ctrl-C ends it.');
    const traces = tracesOf(await runCliJson(['list', '--data', data]));
    expect(traces.map((trace) => trace.workflowName)).toEqual(['Started']);
  } finally {
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }
  expect(existsSync(join(data, 'host.json'))).toBe(false);
  return tookMs;
}

test('asked for help, it prints the options and starts nothing', async () => {
  const child = spawn(process.execPath, [START, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await said('--ingest-port');
  expect(await ended).toBe(0);
});

test('beside a running workbench imports the files all the same, and answers with how that went', async ({
  host,
}) => {
  const good = join(host.data, 'good.jsonl');
  const bad = join(host.data, 'bad.jsonl');
  const trace = JSON.stringify({ object: 'trace', id: TRACE_ID, workflow_name: 'Beside' });
  await writeFile(good, trace);
  await writeFile(bad, `${trace}\n{"object":"trace"}\n`);
  const start = (file: string): Promise<number | null> =>
    new Promise((resolve) => {
      const args = [START, '--port', '0', '--ingest-port', '0', '--data', host.data, '--no-open', file];
      spawn(process.execPath, args, { stdio: 'ignore' }).once('exit', (code) => resolve(code));
    });
  expect(await start(good)).toBe(0);
  const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
  expect(traces.map((one) => one.workflowName)).toEqual(['Beside']);
  expect(await start(bad)).toBe(1);
});

/** Collects what a child says; the answer waits until all of it holds `words`. */
function listenTo(child: ChildProcess): (words: string) => Promise<void> {
  let text = '';
  let onMore = (): void => undefined;
  const onData = (chunk: Buffer): void => {
    text += chunk.toString();
    onMore();
  };
  child.stdout?.on('data', onData);
  child.stderr?.on('data', onData);
  return (words) =>
    new Promise((resolve, reject) => {
      onMore = () => {
        if (text.includes(words)) resolve();
      };
      onMore();
      child.once('exit', (code) => reject(new Error(`start ended with ${String(code)}: ${text}`)));
    });
}
