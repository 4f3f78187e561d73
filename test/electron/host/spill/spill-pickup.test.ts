import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { passThrough } from '../../../../electron/host/intake/intake-gate.ts';
import { SpillPickup, type SpillParts } from '../../../../electron/host/spill/spill-pickup.ts';
import { makeSpan, openTestStore, spanIdsOf } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const NOW_MS = Date.now();
const NOWHERE = join('no', 'such', 'folder');

/** A line as a client's processor writes it. */
const line = (id: string): string =>
  `${JSON.stringify({ event: 'on_span_end', at: '2026-06-01T00:00:01Z', item: makeSpan('trace_a', id) })}\n`;

async function makeSpill(more: Partial<SpillParts> = {}) {
  const data = await makeTemporaryDirectory();
  const directory = join(data, 'spill');
  await mkdir(directory);
  const { store, files, advance } = await openTestStore(data);
  const rejected: string[] = [];
  const errors: string[] = [];
  const accepted: number[] = [];
  const pickup = new SpillPickup({
    directory,
    clock: () => NOW_MS * 1000,
    isRefusing: () => store.refusal !== undefined,
    gate: passThrough(store),
    onAccepted: (records) => accepted.push(records),
    onRejected: (_where, rejects, count) => {
      if (count > 0) rejected.push(...rejects.map(({ code }) => code));
    },
    onError: (sentence) => errors.push(sentence),
    onBug: (error) => errors.push(String(error)),
    ...more,
  });
  const put = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);
  const left = (): Promise<string[]> => readdir(directory);
  const spans = (): readonly string[] => spanIdsOf(store)['trace_a'] ?? [];
  return { data, directory, store, files, advance, pickup, put, left, spans, rejected, errors, accepted };
}

/** The id of a process that has ended and been waited for. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

it('journals a finished file and deletes it', async () => {
  const { pickup, put, left, spans, rejected } = await makeSpill();
  await put('7-1-1.ndjson', line('span_1') + line('span_2'));
  await pickup.look();
  expect(spans()).toEqual(['span_1', 'span_2']);
  expect(await left()).toEqual([]);
  expect(rejected).toEqual([]);
});

it('leaves a file alone while its process lives, and takes it when the process was killed', async () => {
  const { pickup, put, left, spans } = await makeSpill();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const name = `${String(child.pid)}-1-1.ndjson.open`;
  await put(name, line('span_1'));
  await pickup.look();
  expect(await left()).toEqual([name]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  await pickup.look();
  expect(spans()).toEqual(['span_1']);
  expect(await left()).toEqual([]);
});

it('takes a file that was left open for long, though another process bears that number now', async () => {
  const { directory, pickup, put, spans } = await makeSpill();
  const name = `${String(process.pid)}-1-1.ndjson.open`;
  await put(name, line('span_1'));
  const hourAgo = NOW_MS / 1000 - 3600;
  await utimes(join(directory, name), hourAgo, hourAgo);
  await pickup.look();
  expect(spans()).toEqual(['span_1']);
});

it('makes rejects of bad lines and of half a line, and keeps the good ones', async () => {
  const { pickup, put, left, spans, rejected } = await makeSpill();
  const half = line('span_3').slice(0, 40);
  await put(`${String(deadPid())}-1-1.ndjson.open`, `${line('span_1')}not json\n${line('span_2')}${half}`);
  await pickup.look();
  expect(spans()).toEqual(['span_1', 'span_2']);
  expect(rejected).toHaveLength(2);
  expect(await left()).toEqual([]);
});

it('keeps the file while the disk is full and takes it when there is room', async () => {
  const { pickup, put, left, spans, files, advance, accepted, errors } = await makeSpill();
  await put('7-1-1.ndjson', line('span_1') + line('span_2'));
  files.failOn('create', 'ENOSPC');
  await pickup.look();
  expect(spans()).toEqual([]);
  expect(await left()).toEqual(['7-1-1.ndjson']);
  files.failOn(undefined);
  advance(10_000_000);
  await pickup.look();
  expect(spans()).toEqual(['span_1', 'span_2']);
  expect(await left()).toEqual([]);
  expect({ accepted, errors }).toEqual({ accepted: [2], errors: [] });
});

it('repeats harmlessly after a crash between journal and delete', async () => {
  const { store, pickup, put, spans } = await makeSpill();
  for (let time = 0; time < 2; time++) {
    await put('7-1-1.ndjson', line('span_1'));
    await pickup.look();
  }
  expect(spans()).toEqual(['span_1']);
  expect(store.library.summaries().map((trace) => trace.spans)).toEqual([1]);
});

it('follows no link and opens nothing that it does not know by name', async () => {
  const { data, directory, pickup, put, left, spans, errors } = await makeSpill();
  await writeFile(join(data, 'private.ndjson'), line('span_1'));
  await symlink(join(data, 'private.ndjson'), join(directory, '7-1-1.ndjson'));
  await put('notes.txt', line('span_2'));
  await pickup.look();
  expect(spans()).toEqual([]);
  expect((await left()).sort()).toEqual(['7-1-1.ndjson', 'notes.txt']);
  expect(errors).toEqual([]);
});

it('has nothing to say of a folder that no client ever made', async () => {
  const { pickup, errors } = await makeSpill({ directory: join(NOWHERE, 'spill') });
  await pickup.look();
  expect(errors).toEqual([]);
});

it('never puts a file that was left open in the place of a finished one', async () => {
  const { pickup, put, left, spans } = await makeSpill({ isRefusing: () => true });
  const pid = String(deadPid());
  await put(`${pid}-1-1.ndjson`, line('span_1'));
  await put(`${pid}-1-1.ndjson.open`, line('span_2'));
  await pickup.look();
  expect((await left()).sort()).toEqual([`${pid}-1-1.ndjson`, `${pid}-1-1.ndjson.open`]);
  expect(spans()).toEqual([]);
});

it('takes the others where one cannot be renamed', async () => {
  const { directory, pickup, put, spans, errors } = await makeSpill();
  const pid = String(deadPid());
  await put(`${pid}-1-1.ndjson.open`, line('span_1'));
  // What stands in the way cannot be replaced by a file, whoever runs the test.
  await mkdir(join(directory, `${pid}-1-1.ndjson`));
  await put('7-1-1.ndjson', line('span_2'));
  await pickup.look();
  expect(spans()).toEqual(['span_2']);
  expect(errors).toEqual([]);
});
