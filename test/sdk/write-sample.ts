/**
 * Writes the sample library: runs the real SDK with the stub model on a virtual clock, and keeps what a
 * tracing processor sees. Every run writes the same bytes. Usage: npm run sample [-- FILE]
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  OpenAIProvider,
  Runner,
  setTraceProcessors,
  type Span,
  type Trace,
  type TracingProcessor,
} from '@openai/agents';
import { writeEvent } from './live-processor.ts';
import { watchOutside } from './outside-watch.ts';
import { customerSupport } from './sample/customer-support.ts';
import { researchReport } from './sample/research-report.ts';
import { toolsOf, type SampleRun } from './sample/sample-run.ts';
import { guardedAnswer, nightlyImport, streamedAnswer, twoQuestions } from './sample/small-runs.ts';
import { MODEL_URL, StubModel } from './stub-model.ts';
import { VirtualClock } from './virtual-clock.ts';

const START_MS = Date.UTC(2026, 0, 12, 8);
const FIRST_TOKEN_MS = 420;
const TOKEN_MS = 14;
const RUNS: readonly SampleRun[] = [
  ...[nightlyImport, researchReport, guardedAnswer, twoQuestions, streamedAnswer, customerSupport],
];

/** Spans at their ends, which hold all that their starts held; traces at their starts, since a run that throws ends none. */
class EndCollector implements TracingProcessor {
  readonly lines: string[] = [];

  onTraceStart(trace: Trace): Promise<void> {
    this.lines.push(writeEvent('on_trace_start', trace));
    return Promise.resolve();
  }

  onSpanStart(): Promise<void> {
    return Promise.resolve();
  }

  onTraceEnd(): Promise<void> {
    return Promise.resolve();
  }

  onSpanEnd(span: Span<never>): Promise<void> {
    this.lines.push(writeEvent('on_span_end', span));
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/** Random ids become numbers of their own order; the marks by which the stub knows an agent are taken out. */
function withStableIds(written: readonly string[]): string {
  const ids = new Map<string, string>();
  const stableId = (id: string, kind: string): string => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const hash = createHash('sha256')
      .update(`${kind} ${String(ids.size)}`)
      .digest('hex');
    const made = `${kind}_${hash.slice(0, id.length - kind.length - 1)}`;
    ids.set(id, made);
    return made;
  };
  const text = written.map((line) => `${line}\n`).join('');
  return text.replaceAll(/\b(trace|span)_[0-9a-f]{24,32}\b/g, stableId).replaceAll(/ \[\[\w+\]\]/g, '');
}

const clock = new VirtualClock(START_MS);
clock.install();
const outside = watchOutside();
const stub = new StubModel(({ outputTokens }) => clock.sleep(FIRST_TOKEN_MS + outputTokens * TOKEN_MS));
stub.install();
const collector = new EndCollector();
setTraceProcessors([collector]);

for (const run of RUNS) {
  clock.moveTo(START_MS + run.startS * 1000);
  stub.follow(run.script);
  const { workflowName, groupId, metadata, model, api } = run;
  const modelProvider = new OpenAIProvider({
    ...{ apiKey: 'stub', baseURL: MODEL_URL, useResponses: api === 'responses' },
  });
  const runner = new Runner({
    ...{ modelProvider, model, workflowName },
    ...(groupId !== undefined && { groupId }),
    ...(metadata !== undefined && { traceMetadata: metadata }),
  });
  await run.run(runner, toolsOf(clock));
}
// Under NODE_ENV=test the SDK does not trace.
if (collector.lines.length === 0) throw new Error('the SDK traced nothing');
if (outside.length > 0) throw new Error(`the sample asked ${outside.join()}`);
const file = resolve(process.argv[2] ?? join('resources', 'sample', 'sample.jsonl'));
await mkdir(dirname(file), { recursive: true });
await writeFile(file, withStableIds(collector.lines));
