/** The sample library in the repository: what the script writes, whole, and showing what it is meant to show. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { readTraces, summarizeAll } from '../build/read-traces.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SAMPLE = join(ROOT, 'resources/sample/sample.jsonl');

test('the real SDK writes the sample byte for byte again', { timeout: 60_000 }, async () => {
  const file = join(await makeTemporaryDirectory(), 'sample.jsonl');
  const args = [join('scripts', 'run-ts.mjs'), join('test', 'sdk', 'write-sample.ts'), file];
  await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', OPENAI_AGENTS_DISABLE_TRACING: '' },
  });
  expect(await readFile(file, 'utf8')).toBe(await readFile(SAMPLE, 'utf8'));
});

test('every record of the sample is read, and every trace shows what it is there for', async () => {
  const read = readTraces([await readFile(SAMPLE)]);
  expect(read.rejects).toEqual([]);
  const named = new Map(summarizeAll(read).map((trace) => [trace.workflowName, trace]));
  expect(named.size).toBe(6);
  expect(named.get('Customer support')).toMatchObject({
    status: 'completed',
    errors: 1,
    handoffs: [
      ['Triage agent', 'Billing agent'],
      ['Billing agent', 'Refunds agent'],
      ['Refunds agent', 'Billing agent'],
    ],
  });
  expect(named.get('Research report')).toMatchObject({ status: 'completed', spansByKind: { agent: 4 } });
  expect(named.get('Guarded assistant')?.guardrails).toMatchObject({ prompt_injection: { triggered: 1 } });
  expect(named.get('Nightly import')).toMatchObject({ status: 'failed', metadata: { schedule: '03:00' } });
  expect(named.get('Two questions')?.roots).toBe(2);
});
