/**
 * Runs the scenarios with the real SDK and reports them to a door. A line on stdin releases the held run.
 * Prints JSON lines: `{"trace":id,"workflowName":…}` at each start, `{"result":…}` at the end.
 * Usage: node scripts/run-ts.mjs test/sdk/main.ts --endpoint URL [--way exporter|live|workbench|none] [--only NAME]...
 * `none` sets no processor: what was loaded before this program reports, and shows first what the SDK set by itself.
 */
import { parseArgs } from 'node:util';
import {
  addTraceProcessor,
  BatchTraceProcessor,
  getGlobalTraceProvider,
  OpenAIProvider,
  OpenAITracingExporter,
  Runner,
  setTraceProcessors,
  type TracingProcessor,
} from '@openai/agents';
import { WorkbenchProcessor } from '../../clients/workbench/workbench-processor.ts';
import { LiveProcessor } from './live-processor.ts';
import { watchOutside } from './outside-watch.ts';
import { guarded } from './scenarios/guarded.ts';
import { held } from './scenarios/held.ts';
import { quiet } from './scenarios/quiet.ts';
import { returned } from './scenarios/returned.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { streamedChat, streamedResponses } from './scenarios/streamed.ts';
import { supportDesk } from './scenarios/support-desk.ts';
import { translators } from './scenarios/translators.ts';
import { SpanRecorder, type RecordedTrace } from './span-recorder.ts';
import { MODEL_URL, StubModel } from './stub-model.ts';

/** What the process prints last. */
export interface SdkResult {
  readonly traces: readonly (RecordedTrace & { readonly tokens: { input: number; output: number } })[];
  /** Addresses beyond loopback that were tried: none. */
  readonly outside: readonly string[];
}

const USUAL: readonly Scenario[] = [supportDesk, translators, guarded, streamedResponses, streamedChat];
/** These run only when they are asked for. */
const ALL: readonly Scenario[] = [...USUAL, returned, quiet, held];

const { values } = parseArgs({
  options: {
    endpoint: { type: 'string' },
    way: { type: 'string', default: 'exporter' },
    only: { type: 'string', multiple: true },
  },
});
if (values.endpoint === undefined) throw new Error('--endpoint is missing');
const only = values.only ?? USUAL.map(({ workflowName }) => workflowName);

const outside = watchOutside();
const stub = new StubModel();
stub.install();
const recorder = new SpanRecorder((trace) => console.log(JSON.stringify({ trace })));
if (values.way === 'none') addTraceProcessor(recorder);
else setTraceProcessors([recorder, makeReporter(values.endpoint, values.way)]);

const released = new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
const tokens = new Map<string, { input: number; output: number }>();
for (const scenario of ALL.filter(({ workflowName }) => only.includes(workflowName))) {
  stub.follow(scenario.script);
  const modelProvider = new OpenAIProvider({
    ...{ apiKey: 'stub', baseURL: MODEL_URL, useResponses: scenario.api === 'responses' },
  });
  const groupId = process.env['SDK_GROUP'];
  const runner = new Runner({
    ...{ modelProvider, model: 'stub-model', workflowName: scenario.workflowName },
    ...(groupId !== undefined && { groupId }),
    traceIncludeSensitiveData: scenario !== quiet,
  });
  await scenario.run(runner, { released, ended: (kind) => recorder.ended(kind) });
  const answers = Object.values(scenario.script).flat();
  tokens.set(scenario.workflowName, {
    input: answers.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    output: answers.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  });
}
await getGlobalTraceProvider().forceFlush();
const traces = recorder
  .recorded()
  .map((trace) => ({ ...trace, tokens: tokens.get(trace.workflowName) ?? { input: 0, output: 0 } }));
const result: SdkResult = { traces, outside };
console.log(JSON.stringify({ result }));
// Standard input would keep the process waiting for a release that nobody needs any more.
process.stdin.destroy();

function makeReporter(endpoint: string, way: string): TracingProcessor {
  if (way === 'live') return new LiveProcessor(endpoint);
  if (way === 'workbench') return new WorkbenchProcessor({ url: endpoint });
  // Any key will do, but without one the exporter sends nothing.
  return new BatchTraceProcessor(
    new OpenAITracingExporter({ endpoint: `${endpoint}/v1/traces/ingest`, apiKey: 'local' }),
  );
}
