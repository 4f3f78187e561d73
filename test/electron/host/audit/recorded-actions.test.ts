/** A running host with the log switched on: what is done is in the log before, and is not done without it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Connection } from '../../../../core/rpc/connection.ts';
import { openHostConnection } from '../../../../electron/host/client/host-connection.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { passOver } from '../../../../electron/host/pass-over.ts';
import { makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

interface Running {
  readonly host: Host;
  readonly connection: Connection;
  readonly directory: string;
}

async function start(plugins: object): Promise<Running> {
  const directory = await makeTemporaryDirectory();
  await writeFile(join(directory, 'plugins.json'), JSON.stringify({ plugins }));
  const started = await startHost({
    dataDirectory: directory,
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory: directory,
  });
  if (started.kind === 'held') throw new Error('the directory of the test has an owner');
  const { host } = started;
  onTestFinished(() => host.close());
  const { connection } = await openHostConnection(host, passOver);
  return { host, connection, directory };
}

const post = ({ host }: Running, id: string): Promise<Response> => {
  const item = { object: 'trace', id, workflow_name: 'w', metadata: { user_id: 'lovelace' } };
  return fetch(`${host.ingest}/v1/traces/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: [item, makeSpan(id, 's')] }),
  });
};

async function actionsOf({ connection }: Running): Promise<readonly string[]> {
  const { records } = (await connection.request('audit.list', {})).result;
  return records.map(({ action, objects }) => `${action} ${(objects ?? []).join(',')}`.trim()).toReversed();
}

async function exportAll({ host }: Running, id: string): Promise<number> {
  const response = await fetch(`${host.ui}/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.token}` },
    body: `${JSON.stringify({ to: 'openai-agents', rules: [], views: [] })}\n${JSON.stringify(id)}\n`,
  });
  return response.status;
}

it('records what is stored, opened, exported, deleted, and every change of settings and plugins', async () => {
  const running = await start({ audit: { enabled: true } });
  const { connection, directory } = running;
  expect((await post(running, 't1')).status).toBe(204);
  await connection.request('trace.open', { traceId: 't1' });
  await connection.request('span.get', { traceId: 't1', spanIds: ['s'] });
  expect(await exportAll(running, 't1')).toBe(200);
  await connection.request('settings.set', { retention: { maxAgeDays: 30 } });
  await connection.request('plugins.enable', { id: 'watch', enabled: true });
  await connection.request('plugins.settings', { id: 'watch', settings: { slowMs: 5 } });
  await connection.request('cleanup.apply', { scope: { kind: 'traces', traceIds: ['t1'] }, keepAway: false });
  await connection.request('plugins.enable', { id: 'audit', enabled: false });
  expect((await post(running, 't2')).status).toBe(204);
  await connection.request('plugins.enable', { id: 'audit', enabled: true });
  expect(await actionsOf(running)).toEqual([
    'begun',
    'stored t1',
    'opened t1',
    'exported t1',
    'settings-changed retention.maxAgeDays',
    'plugin-enabled watch',
    'plugin-changed watch',
    'deleted t1',
    'plugin-disabled audit',
    'plugin-enabled audit',
  ]);
  expect((await connection.request('audit.verify', {})).result).toMatchObject({ ok: true, records: 10 });
  const { head, publicKey } = (await connection.request('audit.sign', {})).result;
  expect(head).toMatchObject({ seq: 10 });
  expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  const log = await readFile(join(directory, 'audit', '000001.jsonl'), 'utf8');
  expect(log).not.toContain('lookup');
  expect(log).not.toContain('lovelace');
});

it('79: with the log on and its folder in the way, nothing is stored, opened, exported, deleted or changed', async () => {
  const running = await start({ watch: { enabled: false } });
  const { connection, directory } = running;
  expect((await post(running, 't1')).status).toBe(204);
  // A file where the folder has to be: no disk would take the log.
  await writeFile(join(directory, 'audit'), '');
  const refused = { message: expect.stringMatching(/audit log cannot be written/) as string };
  await expect(connection.request('plugins.enable', { id: 'audit', enabled: true })).rejects.toMatchObject(
    refused,
  );
  await rm(join(directory, 'audit'));
  await connection.request('plugins.enable', { id: 'audit', enabled: true });
  expect(await actionsOf(running)).toEqual(['plugin-enabled audit']);
});

it('79: a damaged end of the log closes the door and everything else that it guards', async () => {
  const directory = await makeTemporaryDirectory();
  await mkdir(join(directory, 'audit'));
  await writeFile(join(directory, 'audit', '000001.jsonl'), '{"seq":1}\n');
  await writeFile(join(directory, 'plugins.json'), JSON.stringify({ plugins: { audit: { enabled: true } } }));
  const started = await startHost({
    dataDirectory: directory,
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory: directory,
  });
  if (started.kind === 'held') throw new Error('the directory of the test has an owner');
  const { host } = started;
  onTestFinished(() => host.close());
  const { connection } = await openHostConnection(host, passOver);
  const running = { host, connection, directory };
  expect((await post(running, 't1')).status).toBe(503);
  const refused = { message: expect.stringMatching(/audit log cannot be written/) as string };
  await expect(connection.request('settings.set', { retention: { maxAgeDays: 1 } })).rejects.toMatchObject(
    refused,
  );
  await expect(connection.request('plugins.enable', { id: 'watch', enabled: true })).rejects.toMatchObject(
    refused,
  );
  await expect(connection.request('plugins.enable', { id: 'audit', enabled: false })).rejects.toMatchObject(
    refused,
  );
  expect((await connection.request('audit.state', {})).result.problem).toMatch(/damaged/);
  expect((await connection.request('library.list', {})).result.traces).toEqual([]);
});
