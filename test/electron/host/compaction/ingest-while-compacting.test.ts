/** A running host takes spans while it compacts: each acknowledged one is there, then and after a restart. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Connection } from '../../../../core/rpc/connection.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { call } from '../door/door-fixture.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const TRACES = 300;
const SPANS_A_TRACE = 20;
const SECRET = 'a-secret-of-the-deleted';
/** Long enough that compaction has many stretches to go through. */
const TEXT = 'words of a model '.repeat(60);

const traceId = (trace: number): string => `trace_${String(trace).padStart(4, '0')}`;
const isDeleted = (trace: number): boolean => trace % 3 === 0;

async function startIn(directory: string): Promise<{ readonly host: Host; readonly line: Connection }> {
  const dataDirectory = join(directory, 'data');
  const start = await startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
  if (start.kind !== 'started') throw new Error('nobody else has the directory');
  onTestFinished(() => start.host.close());
  const socket = new WebSocket(`${start.host.ui.replace('http', 'ws')}/rpc`);
  await new Promise((resolve) => socket.once('open', resolve));
  const line = new Connection({ port: makeWebSocketPort(socket) });
  await line.request('hello', { token: start.host.token });
  return { host: start.host, line };
}

async function importTraces(line: Connection, directory: string): Promise<void> {
  const file = join(directory, 'traces.jsonl');
  const lines: string[] = [];
  for (let trace = 0; trace < TRACES; trace++) {
    for (let span = 0; span < SPANS_A_TRACE; span++) {
      const input = `${isDeleted(trace) ? SECRET : 'kept'} ${TEXT}`;
      const data = { type: 'function', name: 'lookup', input, output: TEXT };
      lines.push(JSON.stringify(makeSpan(traceId(trace), `s${String(span)}`, { span_data: data })));
    }
  }
  await writeFile(file, `${lines.join('\n')}\n`);
  await line.request('import.paths', { importId: 'all', paths: [file] });
}

async function countSpans(line: Connection): Promise<Readonly<Record<string, number>>> {
  const { traces } = (await line.request('library.list', {})).result;
  return Object.fromEntries(traces.map(({ id, spans }) => [id, spans]));
}

async function readJournal(directory: string): Promise<string> {
  const folder = join(directory, 'data', 'journal');
  const texts = (await readdir(folder)).map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString('latin1');
  });
  return (await Promise.all(texts)).join('');
}

it('takes every span that comes while it compacts, of new traces and of those just deleted', async () => {
  const directory = await makeTemporaryDirectory();
  const { host, line } = await startIn(directory);
  await importTraces(line, directory);
  const all = Array.from({ length: TRACES }, (_, trace) => trace);
  const expected = Object.fromEntries(
    all.filter((trace) => !isDeleted(trace)).map((trace) => [traceId(trace), SPANS_A_TRACE]),
  );
  const scope = { kind: 'traces', traceIds: all.filter(isDeleted).map(traceId) } as const;
  await line.request('cleanup.apply', { scope, keepAway: false });

  let acknowledgedMeanwhile = 0;
  const port = Number(new URL(host.ingest).port);
  for (let sent = 0, isOver = false; !isOver; sent++) {
    // A trace of its own, one that goes on, and a deleted one that begins anew.
    const ids = [`new_${String(sent)}`, traceId(1), traceId(0)];
    const items = ids.map((id) => makeSpan(id, `live${String(sent)}`));
    const { status } = await call(port, { body: JSON.stringify({ data: items }) });
    expect(status).toBe(204);
    for (const id of ids) expected[id] = (expected[id] ?? 0) + 1;
    const cleanup = (await line.request('cleanup.status', {})).result;
    expect(cleanup.compaction).not.toBe('failed');
    if (cleanup.compaction === 'running') acknowledgedMeanwhile++;
    isOver = cleanup.compaction === 'idle' && cleanup.hiddenTraces === 0;
  }
  expect(acknowledgedMeanwhile).toBeGreaterThan(2);
  expect(await countSpans(line)).toEqual(expected);
  expect(await readJournal(directory)).not.toContain(SECRET);

  line.close();
  await host.close();
  const again = await startIn(directory);
  expect(again.host.notices).toEqual([]);
  expect(await countSpans(again.line)).toEqual(expected);
  again.line.close();
});
