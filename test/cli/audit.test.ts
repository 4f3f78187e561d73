/** Records, holds and erasing from the command line, while no host runs. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { runCli, runCliJson } from '../running-host/running-host.ts';

const FOR_BUILD_MS = 120_000;

beforeAll(async () => {
  await runCli(['--version']);
}, FOR_BUILD_MS);

/** Two traces of one user and one of another, with the log on. */
async function makeLibrary(): Promise<readonly string[]> {
  const directory = await makeTemporaryDirectory();
  await writeFile(join(directory, 'plugins.json'), '{"plugins":{"audit":{"enabled":true}}}');
  const items = ['a1', 'a2', 'b1'].map((id) => ({
    object: 'trace',
    id,
    workflow_name: 'w',
    metadata: { user_id: id.startsWith('a') ? 'lovelace' : 'babbage' },
  }));
  const file = join(directory, 'in.jsonl');
  await writeFile(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const data = ['--data', directory];
  expect((await runCli(['import', file, ...data])).code).toBe(0);
  await writeFile(file, '');
  return data;
}

it(
  'records what each command does, keeps what is held, and the chain holds to its end',
  async () => {
    const data = await makeLibrary();
    const [, directory = ''] = data;
    await runCli(['show', 'a1', ...data]);
    await runCli(['export', 'a1', ...data]);
    const held = await runCli(['hold', 'add', '--trace', 'a1', '--reason', 'case 7', ...data]);
    expect(held.stdout).toMatch(/^Hold \w+ keeps 1 trace\.\n$/);
    const refused = await runCli(['delete', 'a1', ...data]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('1 trace under a legal hold stayed');
    const erased = await runCli(['erase', '--user', 'lovelace', '--json', ...data]);
    const counts = { dryRun: false, traces: 1, spans: 0, held: 1, tracesLeft: 0 };
    expect({ code: erased.code, ...(JSON.parse(erased.stdout) as object) }).toEqual({ code: 1, ...counts });
    const { records } = (await runCliJson(['audit', 'list', '--json', ...data])) as {
      readonly records: readonly { readonly action: string }[];
    };
    const actions = ['erased', 'deleted', 'hold-set', 'exported', 'opened', 'stored'];
    expect(records.map(({ action }) => action)).toEqual(actions);
    const head = (await runCli(['audit', 'head', ...data])).stdout.trim().split(' ')[1] ?? '';
    expect((await runCli(['verify', '--head', head, ...data])).stdout).toBe(
      `Whole: 6 records, head ${head}.\n`,
    );
    const log = join(directory, 'audit', '000001.jsonl');
    await writeFile(log, (await readFile(log, 'utf8')).replace('case 7', 'case 8'));
    expect(await runCli(['verify', ...data])).toMatchObject({ code: 1 });
  },
  FOR_BUILD_MS,
);
