/** Every output that other programs read is held against its schema in docs/schemas. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../../core/model/json.ts';
import { postBody, runCli, runCliJson, startHost, type RunningHost } from '../running-host/running-host.ts';
import { findFaults, SCHEMA_NAMES } from './schemas.ts';

const TRACE_ID = 'trace_0000000000000000000000000000c0de';
const span = (id: string, parent: string | null, data: object, error: object | null = null): object => ({
  object: 'trace.span',
  id,
  trace_id: TRACE_ID,
  parent_id: parent,
  started_at: '2026-11-22T11:00:00.000Z',
  ended_at: '2026-11-22T11:00:01.250Z',
  span_data: data,
  error,
});
const ITEMS = [
  { object: 'trace', id: TRACE_ID, workflow_name: 'Contract', group_id: 'g', metadata: { a: 1 } },
  span('span_a', null, { type: 'agent', name: 'Triage', tools: ['lookup'], handoffs: [] }),
  span('span_f', 'span_a', { type: 'function', name: 'lookup', input: '{}', output: 'x' }, { message: 'no' }),
  span('span_g', 'span_a', { type: 'guardrail', name: 'pii', triggered: true }),
  span('span_h', 'span_a', { type: 'handoff', from_agent: 'Triage', to_agent: null }),
  span('span_m', 'span_a', {
    type: 'generation',
    model: 'gpt-5',
    input: [],
    output: [],
    usage: { input_tokens: 5, output_tokens: 7 },
  }),
];

let host: RunningHost;
let file: string;

beforeAll(async () => {
  host = await startHost();
  file = join(host.data, 'items.jsonl');
  await writeFile(file, `${ITEMS.map((item) => JSON.stringify(item)).join('\n')}\n{"cut": \n`);
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: ITEMS }))).toBe(204);
}, 60_000);

afterAll(async () => {
  await host.stop();
  await rm(host.data, { recursive: true, force: true });
});

describe('the schemas', () => {
  it.each(SCHEMA_NAMES)('compile and refuse what is not an object: %s', (name) => {
    expect(findFaults(name, [])).not.toEqual([]);
  });

  it('refuse a T that lacks a field', async () => {
    const answer = await runCliJson(['list', '--data', host.data]);
    expect(JSON.stringify(answer)).toContain('"orphans"');
    const without: unknown = JSON.parse(JSON.stringify(answer).replace('"orphans"', '"orphan"'));
    expect(findFaults('list', without)).not.toEqual([]);
  });
});

describe('what the host says', () => {
  it('serve prints one line that keeps the contract', () => {
    expect(findFaults('serve', host.line)).toEqual([]);
  });

  it('host.json keeps the contract and is readable by its owner alone', async () => {
    const path = join(host.data, 'host.json');
    expect(findFaults('host', JSON.parse(await readFile(path, 'utf8')))).toEqual([]);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('what-if keeps the contract, and list tells the costs it begins from', async () => {
    const answer = await runCliJson(['what-if', '--model', 'gpt-5-mini', '--data', host.data]);
    expect(findFaults('what-if', answer)).toEqual([]);
    // 5 in × 1.25 + 7 out × 10 millionths, and 5 × 0.25 + 7 × 2.
    expect(answer).toMatchObject({
      calls: 1,
      oldUsd: expect.closeTo(0.000_076_25, 12) as number,
      newUsd: expect.closeTo(0.000_015_25, 12) as number,
    });
    expect(await runCliJson(['list', '--data', host.data])).toMatchObject({
      traces: [{ cost: { usd: expect.closeTo(0.000_076_25, 12) as number } }],
    });
  });

  it('list keeps the contract', async () => {
    const answer = await runCliJson(['list', '--data', host.data]);
    expect(findFaults('list', answer)).toEqual([]);
    expect(isJsonObject(answer) && answer.traces).toHaveLength(1);
  });

  it('show keeps the contract', async () => {
    const answer = await runCliJson(['show', TRACE_ID, '--data', host.data]);
    expect(findFaults('show', answer)).toEqual([]);
    expect(isJsonObject(answer) && answer.spanList).toHaveLength(5);
  });

  it('analyze keeps the contract, and says by its exit code that a line was bad', async () => {
    const { code, stdout } = await runCli(['analyze', file, '--json']);
    expect(findFaults('analyze', JSON.parse(stdout))).toEqual([]);
    expect(code).toBe(1);
  });

  it('analyze of the library keeps the contract', async () => {
    const answer = await runCliJson(['analyze', '--data', host.data]);
    expect(findFaults('analyze-library', answer)).toEqual([]);
    expect(answer).toMatchObject({ corpus: { insights: { scope: { traces: 1, spans: 5, errors: 1 } } } });
  });

  it('import keeps the contract', async () => {
    const { stdout } = await runCli(['import', file, '--data', host.data, '--json']);
    expect(findFaults('import', JSON.parse(stdout))).toEqual([]);
  });

  it('the report that analyze and import leave in a file keeps the contract', async () => {
    const path = join(host.data, 'report.json');
    for (const words of [
      ['analyze', file],
      ['import', file, '--data', host.data],
    ]) {
      await runCli([...words, '--report', path]);
      const report: unknown = JSON.parse(await readFile(path, 'utf8'));
      expect(findFaults('import', report)).toEqual([]);
      expect(report).toMatchObject({ files: [{ skipped: 1, diagnostics: [{ line: 7 }] }] });
      await rm(path);
    }
  });

  it('delete keeps the contract, with and without a change, and says by its exit code what it did not find', async () => {
    const dry = await runCliJson(['delete', TRACE_ID, '--dry-run', '--data', host.data]);
    expect(findFaults('delete', dry)).toEqual([]);
    expect(dry).toMatchObject({ dryRun: true, traces: 1, spans: 5, missing: 0 });
    const none = await runCliJson(['delete', '--older-than', '1d', '--data', host.data]);
    expect(none).toMatchObject({ dryRun: false, traces: 0 });
    const { code, stdout } = await runCli(['delete', TRACE_ID, 'nobody', '--data', host.data, '--json']);
    expect(findFaults('delete', JSON.parse(stdout))).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ traces: 1, spans: 5, missing: 1 });
    expect(code).toBe(1);
    expect(await runCliJson(['list', '--data', host.data])).toMatchObject({ traces: [] });
    for (const words of [[], ['x', '--down-to', '1GB'], ['--older-than', 'soon']]) {
      expect((await runCli(['delete', ...words, '--data', host.data])).code).toBe(2);
    }
  });

  it('ends with 2 on a wrong word, and says nothing on stdout', async () => {
    const { code, stdout, stderr } = await runCli(['list', '--no-such-option']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });
});
