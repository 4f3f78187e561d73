/** A real host in this process for tests of the page's state: free ports, a data directory of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startHost, type Host } from '../../../electron/host/host.ts';

/** Starts a host that ends with the test. */
export async function hostInTest(): Promise<Host> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tracebench-page-'));
  const start = await startHost({
    dataDirectory,
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory: dataDirectory,
  });
  if (start.kind === 'held') throw new Error('a fresh data directory has an owner');
  onTestFinished(async () => {
    await start.host.close();
    await rm(dataDirectory, { recursive: true });
  });
  return start.host;
}

export function socketUrl({ ui }: Host): string {
  return `${ui.replace('http', 'ws')}/rpc`;
}

/** Sends records to the door as an exporter does; not through the DOM's fetch, which comes with an origin. */
export async function post({ ingest }: Host, records: readonly unknown[]): Promise<void> {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request(`${ingest}/v1/traces/ingest`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(JSON.stringify({ data: records }));
  });
  if (status !== 204) throw new Error(`the door answered ${String(status)}`);
}
