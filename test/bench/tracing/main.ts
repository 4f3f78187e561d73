/**
 * `npm run bench:tracing [-- --spans 20000] [-- --rounds 7] [-- --json]`: what one span costs the traced program,
 * beside OpenTelemetry and the SDK, in turn in one process. The bare program is measured too, and taken off.
 */
import { parseArgs } from 'node:util';
import { median } from '../median.ts';
import { agentsCore, openTelemetry, tracebench } from './contenders.ts';
import { work, type Contender, type Listener } from './contender.ts';

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const SPANS_A_TRACE = 100;
const traces = Math.ceil(Number(values.spans) / SPANS_A_TRACE);
const contenders = [tracebench, openTelemetry, agentsCore];

interface Figure {
  readonly library: string;
  readonly listener: Listener;
  /** Nanoseconds of one span, without the bare program's. */
  readonly nsPerSpan: number;
  /** How many times ours. */
  readonly ratio: number;
}

async function bareNs(): Promise<number> {
  const start = process.hrtime.bigint();
  for (let i = 0; i < traces * SPANS_A_TRACE; i++) await work(i);
  return Number(process.hrtime.bigint() - start) / (traces * SPANS_A_TRACE);
}

async function runNs(contender: Contender): Promise<number> {
  const start = process.hrtime.bigint();
  for (let i = 0; i < traces; i++) await contender.run(SPANS_A_TRACE);
  const ns = Number(process.hrtime.bigint() - start) / (traces * SPANS_A_TRACE);
  // Handing on what was gathered is not the cost of a span to the program.
  await contender.flush();
  return ns;
}

async function measure(listener: Listener): Promise<Figure[]> {
  const runs = new Map(contenders.map((contender) => [contender, [] as number[]]));
  const bare: number[] = [];
  for (const contender of contenders) contender.listen(listener);
  for (const contender of contenders) await runNs(contender);
  for (let round = 0; round < Number(values.rounds); round++) {
    bare.push(await bareNs());
    for (const [contender, ns] of runs) ns.push(await runNs(contender));
  }
  const cost = (contender: Contender): number => median(runs.get(contender) ?? []) - median(bare);
  return contenders.map((contender) => ({
    library: contender.name,
    listener,
    nsPerSpan: Math.round(cost(contender)),
    ratio: Number((cost(contender) / cost(tracebench)).toFixed(2)),
  }));
}

const figures = [...(await measure('nobody')), ...(await measure('batch'))];
if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, figures })}\n`);
else {
  for (const { library, listener, nsPerSpan, ratio } of figures) {
    const who = listener === 'nobody' ? 'nobody listens' : 'batch processor';
    process.stdout.write(
      `${who.padEnd(16)} ${library.padEnd(30)} ${String(nsPerSpan).padStart(7)} ns  ${ratio} x\n`,
    );
  }
}
for (const contender of contenders) contender.listen('nobody');
