/** Reports as they act: every page is told of a further one, and the next host still has them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Connection } from '../../../../core/rpc/connection.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { makeWebSocketPort } from '../../../../electron/host/rpc-server/websocket-port.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function start(dataDirectory: string): Promise<Host> {
  const started = await startHost({
    dataDirectory,
    uiPort: 0,
    ingestPort: 0,
    rendererDirectory: dataDirectory,
  });
  if (started.kind !== 'started') throw new Error('the directory has no owner');
  return started.host;
}

async function openPage(host: Host): Promise<{ page: Connection; told: string[] }> {
  const socket = new WebSocket(`${host.ui.replace('http', 'ws')}/rpc`);
  const told: string[] = [];
  const page = new Connection({ port: makeWebSocketPort(socket), onEvent: (name) => told.push(name) });
  await new Promise((resolve) => socket.once('open', resolve));
  await page.request('hello', { token: host.token });
  return { page, told };
}

it('tells every page of a report, and has it after a restart', async () => {
  const directory = await makeTemporaryDirectory();
  const file = join(directory, 'in.jsonl');
  await writeFile(file, `${JSON.stringify(makeSpan('t', 's'))}\nnot json\n`);
  const host = await start(directory);
  const one = await openPage(host);
  const two = await openPage(host);
  await one.page.request('import.paths', { importId: 'i', paths: [file] });
  const { result } = await two.page.request('reports.list', {});
  expect(result.reports).toMatchObject([
    { cancelled: false, file: { path: file, spans: 1, skipped: 1, diagnostics: [{ line: 2 }] } },
  ]);
  expect(two.told).toContain('reports.changed');
  await host.close();

  const next = await start(directory);
  onTestFinished(() => next.close());
  const { page } = await openPage(next);
  expect((await page.request('reports.list', { limit: 1 })).result.reports).toEqual(result.reports);
  expect((await page.request('reports.list', { limit: 0 })).result.reports).toEqual([]);
  await expect(page.request('reports.list', { limit: -1 })).rejects.toMatchObject({ code: 'bad-params' });
});
