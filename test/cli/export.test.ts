/** `export` as a user runs it: with a host and without, to stdout and to a file that is never overwritten. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDataDirectory, runCli, runCliJson, startHost } from '../running-host/running-host.ts';

const LINES = ['one', 'two']
  .flatMap((id) => [
    { object: 'trace', id, workflow_name: id, group_id: null, metadata: {} },
    {
      object: 'trace.span',
      id: `${id}-span`,
      trace_id: id,
      parent_id: null,
      started_at: '2026-06-01T00:00:00.000Z',
      ended_at: '2026-06-01T00:00:01.000Z',
      span_data: { type: 'agent', name: 'Ünïcode' },
      error: null,
    },
  ])
  .map((item) => `${JSON.stringify(item)}\n`);

it('writes the records of the named traces, and says which ids it does not know', async () => {
  const data = await makeDataDirectory();
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const file = join(data, 'items.jsonl');
  await writeFile(file, LINES.join(''));
  await runCliJson(['import', file, '--data', data]);

  expect(await runCli(['export', 'two', '--data', data])).toMatchObject({
    code: 0,
    stdout: LINES.slice(2).join(''),
  });
  const out = join(data, 'out.jsonl');
  const withUnknown = await runCli(['export', 'one', 'two', 'three', '--out', out, '--data', data]);
  expect(withUnknown).toMatchObject({ code: 1, stdout: '' });
  expect(withUnknown.stderr).toContain('three');
  expect(await readFile(out, 'utf8')).toBe(LINES.join(''));
  const again = await runCli(['export', 'one', '--out', out, '--data', data]);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('there already');
  expect(await readFile(out, 'utf8')).toBe(LINES.join(''));
  expect((await runCli(['export', 'three', '--data', data])).code).toBe(1);

  const host = await startHost({ data });
  onTestFinished(async () => {
    await host.stop();
  });
  expect((await runCli(['export', 'one', '--data', data])).stdout).toBe(LINES.slice(0, 2).join(''));
}, 60_000);
