/**
 * A program that makes spans of the real `@openai/agents` at a steady pace, a thousand to a trace, and says at
 * its end what it cost. Arguments: spans, spans a second, `on` or `off` for our processor.
 */
import { performance } from 'node:perf_hooks';
import { createCustomSpan, setTraceProcessors, withTrace } from '@openai/agents';
import { WorkbenchProcessor } from '../../../clients/workbench/workbench-processor.ts';

/** What it prints. */
export interface ProgramResult {
  readonly spans: number;
  readonly cpuMs: number;
  readonly maxRssMb: number;
}

const TICK_MS = 10;
const TRACE_SPANS = 1000;
const TEXT = 'What people ask and models answer. '.repeat(10);

const [spans = 0, rate = 0] = process.argv.slice(2).map(Number);
setTraceProcessors(process.argv[4] === 'on' ? [new WorkbenchProcessor()] : []);
const usage = process.cpuUsage();
const begunMs = performance.now();
for (let made = 0; made < spans; made += TRACE_SPANS) {
  await withTrace('Steady', () => makeSpans(made, Math.min(made + TRACE_SPANS, spans)));
}
process.once('exit', () => {
  const { user, system } = process.cpuUsage(usage);
  const maxRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const result: ProgramResult = { spans, cpuMs: Math.round((user + system) / 1000), maxRssMb };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});

/** Makes those spans whose time has come, tick by tick. */
async function makeSpans(from: number, to: number): Promise<void> {
  for (let made = from; made < to;) {
    const due = Math.min(to, Math.ceil(((performance.now() - begunMs) * rate) / 1000));
    for (; made < due; made++) {
      const span = createCustomSpan({ data: { name: `step ${String(made)}`, data: { text: TEXT, made } } });
      span.start();
      span.end();
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
