/** The client libraries out of the npm package, in programs that know nothing of this project. */
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, objectAt, stringAt } from '../../core/model/json.ts';
import { npmCommand } from '../../scripts/run.mjs';
import { startBodyRecorder } from '../clients/body-recorder.ts';
import { programEnv } from '../clients/python/find-python.ts';
import { ROOT, runTool } from './run-tool.ts';

const [npm, ...npmWords] = npmCommand();
const PLACE = join(ROOT, '.cache', 'test-clients');
/** The first run of a session may have to build. */
const WITH_BUILD_MS = 240_000;

const TRACE = `await withTrace('Untouched', async () => {
  await withFunctionSpan(async () => 'sun', { data: { name: 'weather', input: '{}', output: 'sun' } });
});`;
/** Programs that use the SDK and have no line of ours. */
const PROGRAMS = {
  'app.mjs': `import { withFunctionSpan, withTrace } from '@openai/agents';\n${TRACE}`,
  'app.cjs': `const { withFunctionSpan, withTrace } = require('@openai/agents');\n(async () => { ${TRACE} })();`,
};

beforeAll(async () => {
  await rm(PLACE, { recursive: true, force: true });
  await mkdir(PLACE, { recursive: true });
  await writeFile(join(PLACE, 'package.json'), '{"private":true}');
  const words = [...npmWords, 'pack', '--json', '--pack-destination', PLACE];
  const [packed] = JSON.parse(await runTool(npm, words)) as [{ filename: string }];
  const quiet = ['--offline', '--no-audit', '--no-fund'];
  await runTool(npm, [...npmWords, 'install', join(PLACE, packed.filename), ...quiet], PLACE);
  await symlink(join(ROOT, 'node_modules', '@openai'), join(PLACE, 'node_modules', '@openai'), 'junction');
  for (const [name, text] of Object.entries(PROGRAMS)) await writeFile(join(PLACE, name), text);
}, WITH_BUILD_MS);

describe('tracebench/register', () => {
  it.each([
    ['--import', 'app.mjs'],
    ['--import', 'app.cjs'],
    ['--require', 'app.mjs'],
    ['--require', 'app.cjs'],
  ])('%s brings the traces of %s here', { timeout: 60_000 }, async (way, program) => {
    const door = await startBodyRecorder();
    const env = programEnv(join(PLACE, 'data'), { TRACEBENCH_URL: door.url });
    const args = [way, 'tracebench/register', program];
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: PLACE, env });
    expect(stderr).toBe('');
    const events = door
      .bodies('/v1/events')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events.map((event) => isJsonObject(event) && stringAt(event, 'event'))).toEqual([
      ...['on_trace_start', 'on_span_start', 'on_span_end', 'on_trace_end'],
    ]);
    const item = isJsonObject(events[2]) ? objectAt(events[2], 'item') : undefined;
    expect(item).toMatchObject({ span_data: { type: 'function', name: 'weather', output: 'sun' } });
  });
});

describe('the types', () => {
  it(
    'tell a program of either module system what every export is, and what it is not',
    { timeout: 120_000 },
    async () => {
      const text = `
      import 'tracebench/register';
      import { agentSpan, CollectorProcessor, WorkbenchProcessor } from 'tracebench/tracing';
      import { summarizeTrace } from 'tracebench/tracing/analysis';
      export const said: string = agentSpan({ name: 'A', tools: ['t'] }, (span) => span.spanData.name ?? '');
      export const processor = new WorkbenchProcessor({ url: 'http://127.0.0.1:4318', spill: false });
      const made = new CollectorProcessor().get('trace_1');
      export const models: readonly string[] = made === undefined ? [] : summarizeTrace(made).models;
      // @ts-expect-error the port is no option
      export const odd = new WorkbenchProcessor({ port: 1 });`;
      const names = ['program.mts', 'program.cts'];
      for (const name of names) await writeFile(join(PLACE, name), text);
      const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
      const options = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022'];
      const words = [tsc, ...options, '--module', 'node16', '--lib', 'esnext,dom', ...names];
      expect(await runTool(process.execPath, words, PLACE)).toBe('');
    },
  );
});
