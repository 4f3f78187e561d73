/** The same workflows made with the real SDK and with our library: `analyze --json` tells no difference. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BatchTraceProcessor,
  getGlobalTraceProvider,
  OpenAIProvider,
  OpenAITracingExporter,
  Runner,
  setTracingDisabled as setSdkDisabled,
  setTraceProcessors as setSdkProcessors,
} from '@openai/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { analyze } from '../../../cli/commands/analyze.ts';
import * as own from '../../../clients/tracing/index.ts';
import { isJsonObject } from '../../../core/model/json.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { guarded } from '../../sdk/scenarios/guarded.ts';
import { returned } from '../../sdk/scenarios/returned.ts';
import { streamedChat, streamedResponses } from '../../sdk/scenarios/streamed.ts';
import { supportDesk } from '../../sdk/scenarios/support-desk.ts';
import { translators } from '../../sdk/scenarios/translators.ts';
import { SpanRecorder } from '../../sdk/span-recorder.ts';
import { MODEL_URL, StubModel } from '../../sdk/stub-model.ts';
import { startBodyRecorder, type BodyRecorder } from '../body-recorder.ts';
import { MirrorProcessor } from './mirror-processor.ts';

const SCENARIOS = [supportDesk, translators, guarded, streamedResponses, streamedChat, returned];
const { fetch } = globalThis;

beforeEach(() => {
  setSdkDisabled(false);
});
afterEach(() => {
  own.setTraceProcessors([]);
  setSdkProcessors([]);
  setSdkDisabled(true);
  globalThis.fetch = fetch;
  vi.restoreAllMocks();
});

/** Runs every scenario with the SDK; both libraries report to the server, as events and as exporters do. */
async function runBoth({ url }: BodyRecorder): Promise<void> {
  const recorder = new SpanRecorder(() => undefined);
  setSdkProcessors([
    recorder,
    new MirrorProcessor(),
    new own.WorkbenchProcessor({ url: `${url}/sdk`, spill: false }),
    new BatchTraceProcessor(
      new OpenAITracingExporter({ endpoint: `${url}/sdk/v1/traces/ingest`, apiKey: 'local' }),
    ),
  ]);
  own.setTraceProcessors([
    new own.WorkbenchProcessor({ url: `${url}/own`, spill: false }),
    new own.OpenAIProcessor({ endpoint: `${url}/own/v1/traces/ingest`, apiKey: 'local' }),
  ]);
  const stub = new StubModel();
  stub.install();
  for (const scenario of SCENARIOS) {
    stub.follow(scenario.script);
    const useResponses = scenario.api === 'responses';
    const modelProvider = new OpenAIProvider({ apiKey: 'stub', baseURL: MODEL_URL, useResponses });
    const { workflowName } = scenario;
    const runner = new Runner({ modelProvider, model: 'stub-model', workflowName });
    await scenario.run(runner, {
      released: Promise.resolve(),
      ended: (kind) => recorder.ended(kind),
    });
  }
  await getGlobalTraceProvider().forceFlush();
}

/** What `analyze --json` prints of a file with this text; both libraries' files bear the same name. */
async function analyzed(text: string, folder: string, name: string): Promise<unknown> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  let printed = '';
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((part) => (printed += String(part)) !== '');
  try {
    await analyze([path], { json: true });
  } finally {
    write.mockRestore();
  }
  return withoutTimes(JSON.parse(printed) as unknown);
}

/** What depends on when a thing ended, or on where a file lies; `reach` names the longest traces first. */
const OF_TIMES = new Set([
  ...['durationMs', 'durations', 'answer', 'extraUs', 'slowest', 'reach', 'tookMs'],
  ...['bytes', 'path', 'file'],
]);

/** Ids and starts are the same by the mirror's making. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !OF_TIMES.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutTimes(each)]));
}

it(
  'analyze --json of what the SDK made and of what our library made differs in times alone',
  { timeout: 60_000 },
  async () => {
    const recorder = await startBodyRecorder();
    await runBoth(recorder);
    const folder = await makeTemporaryDirectory();
    for (const path of ['/v1/events', '/v1/traces/ingest']) {
      const name = path === '/v1/events' ? 'events.jsonl' : 'bodies.jsonl';
      const sdk = await analyzed(recorder.bodies(`/sdk${path}`), join(folder, 'sdk'), name);
      const made = await analyzed(recorder.bodies(`/own${path}`), join(folder, 'own'), name);
      expect(sdk).toMatchObject({ totals: { traces: SCENARIOS.length } });
      expect(made).toEqual(sdk);
    }
  },
);
