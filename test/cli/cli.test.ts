/** The command line as a user runs it: real processes, real exit codes, one JSON value on stdout. */
import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDirectory, postBody, runCli, runCliJson, startHost } from '../running-host/running-host.ts';

/** What steers a terminal: control characters but the line feed, and marks that turn text around. */
const CONTROLS = /(?!\n)[\p{Cc}\u202a-\u202e]/u;

const directories: string[] = [];

async function makeDirectory(): Promise<string> {
  const directory = await makeDataDirectory();
  directories.push(directory);
  return directory;
}

afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
});

beforeAll(async () => {
  // The first run may have to build.
  await runCli(['--version']);
}, 120_000);

const span = (id: string, more: object = {}): object => ({
  object: 'trace.span',
  id,
  trace_id: 't',
  parent_id: null,
  started_at: '2026-06-01T00:00:00.000Z',
  ended_at: '2026-06-01T00:00:01.000Z',
  span_data: { type: 'function', name: 'lookup', input: '{}', output: 'ok' },
  error: null,
  ...more,
});

async function writeFileOf(directory: string, name: string, ...items: object[]): Promise<string> {
  const path = join(directory, name);
  const text = items.map((item) => `${JSON.stringify(item)}\n`).join('');
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

describe('the command line', () => {
  it('writes no report over a file that is to be read, by whatever name', async () => {
    const directory = await makeDirectory();
    const file = await writeFileOf(directory, 'traces.jsonl', span('s1'));
    const before = await readFile(file, 'utf8');
    const link = join(directory, 'link.json');
    await symlink(file, link);
    for (const command of ['analyze', 'import']) {
      const data = command === 'import' ? ['--data', directory] : [];
      const { code, stdout, stderr } = await runCli([command, file, '--report', link, ...data]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('name another file for the report');
    }
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('writes an export to stdout where its file is called -', async () => {
    const directory = await makeDirectory();
    const file = await writeFileOf(directory, 'traces.jsonl', span('s1'));
    const { code, stdout } = await runCli(['convert', file, '--to', 'openai-agents', '-o', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: 's1' });
  });

  it('answers 2 where it is called wrongly, and 0 where help is asked for', async () => {
    const wrong = [
      [],
      ['nonsense'],
      ['show'],
      ['import'],
      ['analyze'],
      ['list', '--limit', 'x'],
      ['serve', '--port', '70000'],
    ];
    for (const args of wrong) {
      const { code, stdout } = await runCli(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    }
    for (const command of ['serve', 'import', 'list', 'show', 'analyze']) {
      const { code, stdout } = await runCli([command, '--help']);
      expect({ command, code }).toEqual({ command, code: 0 });
      expect(stdout).toContain(`tracebench ${command}`);
    }
  }, 60_000);

  it('imports, lists and shows without a host, and leaves an untouched journal behind reading', async () => {
    const data = await makeDirectory();
    const trace = { object: 'trace', id: 't', workflow_name: 'Desk', group_id: 'g', metadata: {} };
    const file = await writeFileOf(data, 'a.jsonl.gz', trace, span('s1'), span('s2', { parent_id: 's1' }));
    expect(await runCliJson(['import', file, '--data', data])).toMatchObject({
      files: [{ path: file, format: 'openai-agents', traces: 1, spans: 2, skipped: 0, diagnostics: [] }],
    });
    const before = await readdir(join(data, 'journal'));
    expect(await runCliJson(['list', '--data', data])).toMatchObject({
      traces: [{ id: 't', workflowName: 'Desk', spans: 2, origins: ['a.jsonl.gz'] }],
    });
    expect(await runCliJson(['show', 't', '--data', data])).toMatchObject({
      id: 't',
      spanList: [
        {
          id: 's1',
          parentId: null,
          kind: 'function',
          name: 'lookup',
          durationMs: 1000,
          data: { output: 'ok' },
        },
        { id: 's2', parentId: 's1' },
      ],
    });
    expect(await readdir(join(data, 'journal'))).toEqual(before);
  }, 60_000);

  it('lists nothing over a directory that does not exist, and does not make it', async () => {
    const data = join(await makeDirectory(), 'nowhere');
    expect(await runCliJson(['list', '--data', data])).toEqual({ traces: [] });
    await expect(stat(data)).rejects.toThrow();
  }, 30_000);

  it('says 1 for an unknown trace, a file with bad lines and a file that is not there', async () => {
    const data = await makeDirectory();
    expect((await runCli(['show', 'nobody', '--data', data])).code).toBe(1);
    const file = await writeFileOf(data, 'a.jsonl', span('s1'));
    await writeFile(file, `${await readFile(file, 'utf8')}{"cut\n`);
    const imported = await runCli(['import', file, join(data, 'missing'), '--data', data, '--json']);
    expect(imported.code).toBe(1);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      files: [
        { spans: 1, skipped: 1, diagnostics: [{ line: 2 }] },
        { diagnostics: [{ code: 'unreadable-file' }] },
      ],
    });
    expect((await runCli(['analyze', file, '--json'])).code).toBe(1);
  }, 60_000);

  it('analyzes files as one corpus and keeps nothing', async () => {
    const data = await makeDirectory();
    const files = [
      await writeFileOf(data, 'a.jsonl', span('s1'), span('s2', { error: { message: 'a' } })),
      await writeFileOf(data, 'b.jsonl', span('s1'), span('s2', { error: { message: 'b' } })),
    ];
    const one = await runCliJson(['analyze', ...files]);
    expect(one).toMatchObject({
      traces: [{ id: 't', spans: 2, errors: 1, origins: ['a.jsonl', 'b.jsonl'] }],
      totals: { traces: 1, spans: 2, errors: 1 },
      files: [{ spans: 2 }, { spans: 2 }],
    });
    expect(await readdir(data)).toEqual(['a.jsonl', 'b.jsonl']);
  }, 30_000);

  it('analyzes the library by the same figures as files, with and without a host', async () => {
    const data = await makeDirectory();
    const items = [span('s1'), span('s2', { error: { message: 'no answer from 10.0.0.1' } })];
    const file = await writeFileOf(data, 'a.jsonl', ...items);
    await runCliJson(['import', file, '--data', data]);
    const insights = {
      scope: { traces: 1, spans: 2, errors: 1 },
      tables: { tool: [{ key: 'lookup', count: 2, failed: 1 }] },
      errors: [{ count: 1, reach: { traces: 1 } }],
    };
    expect(await runCliJson(['analyze', file])).toMatchObject({ corpus: { insights } });
    expect(await runCliJson(['analyze', '--data', data])).toMatchObject({ corpus: { insights } });
    const none = await runCliJson(['analyze', '--data', data, '--query', 'agent:Nobody']);
    expect(none).toMatchObject({ corpus: { insights: { scope: { traces: 0 } } } });
    const { stdout } = await runCli(['analyze', '--data', data, '--query', 'tool:lookup']);
    expect(stdout).toContain('By tool');
    expect((await runCli(['analyze', '--data', data, '--query', 'tool:('])).code).toBe(2);
    expect((await runCli(['analyze', '--data', data, '--plugin', 'x'])).code).toBe(2);
    const host = await startHost({ data });
    expect(await runCliJson(['analyze', '--data', data])).toMatchObject({ corpus: { insights } });
    expect(await host.stop()).toBe(0);
  }, 60_000);

  it('fault 51: shows control characters of a trace as escapes', async () => {
    const data = await makeDirectory();
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e';
    const trace = { object: 'trace', id: 't', workflow_name: evil };
    const file = await writeFileOf(
      data,
      'a.jsonl',
      trace,
      span('s1', { span_data: { type: 'custom', name: evil, data: {} } }),
    );
    await runCli(['import', file, '--data', data]);
    for (const args of [['list'], ['show', 't'], ['show', 't', '--text']]) {
      const { stdout, stderr } = await runCli([...args, '--data', data]);
      expect(stdout).toContain('\\u001b');
      expect(stdout + stderr).not.toMatch(CONTROLS);
    }
    for (const args of [[file], [file, '--format', 'text'], ['--data', data]]) {
      const { stdout } = await runCli(['analyze', ...args]);
      expect(stdout).toContain('\\u001b');
      expect(stdout).not.toMatch(CONTROLS);
    }
  }, 60_000);

  it('asks the running host where there is one, and sees at once what it acknowledged', async () => {
    const data = await makeDirectory();
    const host = await startHost({ data });
    expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: [span('s1')] }))).toBe(204);
    expect(await runCliJson(['list', '--data', data])).toMatchObject({ traces: [{ id: 't', spans: 1 }] });
    const file = await writeFileOf(data, 'a.jsonl', span('s2'));
    expect(await runCliJson(['import', file, '--data', data])).toMatchObject({ files: [{ spans: 1 }] });
    expect(await runCliJson(['show', 't', '--data', data])).toMatchObject({
      spanList: [{ id: 's1' }, { id: 's2' }],
    });
    const text = await runCli(['show', 't', '--data', data]);
    expect(text.stdout).toContain('lookup');
    expect(await host.stop()).toBe(0);
    expect(await readdir(data)).not.toContain('host.json');
    expect(await runCliJson(['list', '--data', data])).toMatchObject({ traces: [{ id: 't', spans: 2 }] });
  }, 60_000);

  it('fault 10: a second serve of the same version tells of the running one; another version refuses', async () => {
    const data = await makeDirectory();
    const host = await startHost({ data });
    const second = await runCli(['serve', '--data', data, '--no-open', '--json']);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.stdout)).toEqual(host.line);
    const file = join(data, 'host.json');
    const other = (await readFile(file, 'utf8')).replace(/"version": "[^"]+"/, '"version": "0.0.1"');
    await writeFile(file, other);
    const third = await runCli(['serve', '--data', data, '--no-open', '--json']);
    expect({ code: third.code, stdout: third.stdout }).toEqual({ code: 1, stdout: '' });
    expect(third.stderr).toContain('0.0.1');
    expect(await host.stop()).toBe(0);
  }, 60_000);

  it('keeps its token out of every file but host.json, and that one private', async () => {
    const data = await makeDirectory();
    const host = await startHost({ data });
    const token = new URL(host.ui).hash.slice('#t='.length);
    expect(token.length).toBeGreaterThan(20);
    const { mode } = await stat(join(data, 'host.json'));
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0);
    await host.stop();
    for (const name of await readdir(data, { recursive: true })) {
      if (!(await stat(join(data, name))).isFile()) continue;
      expect(await readFile(join(data, name), 'utf8')).not.toContain(token);
    }
  }, 30_000);
});
