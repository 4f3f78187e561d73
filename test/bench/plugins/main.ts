/**
 * `npm run bench:plugins [-- --spans 10000] [-- --runs 3] [-- --json]`: spans a second by hook and by what is read, from
 * the host's columns to the checked answer and back, beside a direct call of the same code on the same values in this
 * process. One trace a call; redaction rewrites, 50 records a call. The thread is the built one.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HOOK_RULES, type HookContext, type HookName } from '../../../core/plugin-api/hooks.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import type { TraceHeadView, TraceView } from '../../../core/plugin-api/views.ts';
import { withStoredFiles, type StoredFiles } from '../../../electron/host/plugins/author/stored-files.ts';
import { makeTraceHead, projectHead } from '../../../electron/host/intake/trace-head.ts';
import { preparePlugin } from '../../../electron/host/plugins/load-plugin.ts';
import { PluginRunner } from '../../../electron/host/plugins/plugin-runner.ts';
import { makeTraceInput } from '../../../electron/host/plugins/trace-input.ts';
import type { WholeTrace } from '../../../electron/host/plugins/project-trace.ts';
import { withTemporaryFolder } from '../../../electron/host/temporary-folder.ts';
import { generateLines } from '../../generate/generate.ts';
import { median } from '../median.ts';
import { count, printTable, round } from '../print-table.ts';
import { plugin } from './measured-plugin.ts';

const NOW_US = 1_770_000_000_000_000;
const RECORDS_A_CALL = 50;
const SPANS_A_TRACE = 40;
const LEAN: readonly Read[] = ['structure', 'timing', 'usage', 'names', 'errors'];
const FULL: readonly Read[] = [...LEAN, 'metadata', 'content'];

const HOOKS = ['access', 'tailSample', 'processTrace', 'enrich'] as const;

/** One thing that a plugin does over everything there is. */
interface Work {
  readonly hook: string;
  readonly reads: readonly Read[];
  readonly guest: (runner: PluginRunner) => Promise<void>;
  readonly direct: () => unknown;
}

interface Figures {
  readonly hook: string;
  readonly reads: 'lean' | 'content';
  readonly spansPerSecond: number;
  readonly cpuUsPerSpan: number;
  readonly directSpansPerSecond: number;
  readonly ratio: number;
}

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

await withTemporaryFolder(async (folder) => {
  const path = join(folder, 'traces.jsonl');
  const lines = generateLines({ spans: Number(values.spans), seed: 7, spansPerTrace: SPANS_A_TRACE });
  await writeFile(path, Array.from(lines, (line) => `${line}\n`).join(''));
  await withStoredFiles([path], () => NOW_US, bench);
});

async function bench(files: StoredFiles): Promise<void> {
  const traces = files.traceIds.map(files.openTrace);
  const records = await files.readRecords();
  const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
  const figures: Figures[] = [];
  for (const reads of [LEAN, FULL]) {
    const works = [...HOOKS.map((hook) => overTraces(hook, traces, reads)), overAnalysis(traces, reads)];
    for (const work of reads === FULL ? [...works, overRecords(records)] : works) {
      figures.push(await measure(work, spans));
    }
  }
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ node: process.versions.node, spans, hooks: figures })}\n`);
    return;
  }
  const rows = figures.map((each) => [
    each.hook,
    each.reads,
    count(each.spansPerSecond),
    round(each.cpuUsPerSpan),
    count(each.directSpansPerSecond),
    round(each.ratio),
  ]);
  const head = ['hook', 'reads', 'spans/s', 'CPU µs/span', 'direct spans/s', 'times slower'];
  process.stdout.write(
    `${printTable(`Plugins, ${count(spans)} spans in ${count(traces.length)} traces`, head, rows)}\n`,
  );
}

function overTraces(
  hook: (typeof HOOKS)[number],
  traces: readonly WholeTrace[],
  reads: readonly Read[],
): Work {
  const views = traces.map(
    (trace) => JSON.parse(makeTraceInput(trace, reads, NOW_US).trace) as TraceView & TraceHeadView,
  );
  const context = { settings: {} };
  return {
    hook,
    reads,
    guest: async (runner) => {
      for (const trace of traces) {
        const isHead = HOOK_RULES[hook].takes === 'head';
        const text = isHead ? headOf(trace, reads) : makeTraceInput(trace, reads, NOW_US).trace;
        JSON.parse(await runner.callHook(hook, text, '{}', trace.spans.length));
      }
    },
    direct: () => views.map((view) => callDirectly(hook, view, context)),
  };
}

function headOf({ summary }: WholeTrace, reads: readonly Read[]): string {
  const { id, workflowName, metadata } = summary;
  return projectHead(makeTraceHead(id, [{ workflowName, metadata, processor: false }]), reads);
}

function callDirectly(hook: HookName, view: TraceView & TraceHeadView, { settings }: HookContext): unknown {
  switch (hook) {
    case 'access':
      return plugin.access?.(view, { settings });
    case 'tailSample':
      return plugin.tailSample?.(view, { settings });
    case 'processTrace':
      return plugin.processTrace?.(view, { settings });
    default:
      return view.spans.map((span) => plugin.enrich?.(span, { settings, trace: view }));
  }
}

function overAnalysis(traces: readonly WholeTrace[], reads: readonly Read[]): Work {
  const views = traces.map((trace) => JSON.parse(makeTraceInput(trace, reads, NOW_US).trace) as TraceView);
  return {
    hook: 'analysis',
    reads,
    guest: async (runner) => {
      const parts: string[] = [];
      for (const trace of traces) {
        parts.push(await runner.call('tools', 'map', makeTraceInput(trace, reads, NOW_US).trace, '{}'));
      }
      JSON.parse(await runner.call('tools', 'reduce', `[${parts.join(',')}]`, '{}'));
    },
    direct: () => views.map((view) => plugin.analyses?.tools.map(view, { settings: {} })),
  };
}

function overRecords(records: readonly JsonObject[]): Work {
  const batches = Array.from({ length: Math.ceil(records.length / RECORDS_A_CALL) }, (_, i) =>
    records.slice(i * RECORDS_A_CALL, (i + 1) * RECORDS_A_CALL),
  );
  return {
    hook: 'redact',
    reads: FULL,
    guest: async (runner) => {
      for (const batch of batches) {
        JSON.parse(await runner.callHook('redact', JSON.stringify(batch), '{}', batch.length * 20));
      }
    },
    direct: () => records.map((record) => plugin.redact?.(record, { settings: {} })),
  };
}

async function measure({ hook, reads, guest, direct }: Work, spans: number): Promise<Figures> {
  const loaded = await preparePlugin(await measuredParts(reads));
  const path = join(process.cwd(), 'out', 'main', 'plugin-thread.js');
  const { runner } = await PluginRunner.start(loaded, () => undefined, { path });
  const times: number[] = [];
  const cpu: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    await guest(runner);
    times.push(performance.now() - before);
    const { user, system } = process.cpuUsage(cpuBefore);
    cpu.push(user + system);
    const directBefore = performance.now();
    direct();
    bare.push(performance.now() - directBefore);
  }
  await runner.close();
  const spansPerSecond = spans / (median(times) / 1000);
  const directSpansPerSecond = spans / (median(bare) / 1000);
  return {
    hook,
    reads: reads === FULL ? 'content' : 'lean',
    spansPerSecond,
    cpuUsPerSpan: median(cpu) / spans,
    directSpansPerSecond,
    ratio: directSpansPerSecond / spansPerSecond,
  };
}

async function measuredParts(reads: readonly Read[]): Promise<Parameters<typeof preparePlugin>[0]> {
  const path = join(process.cwd(), 'test', 'bench', 'plugins', 'measured-plugin.ts');
  const code = (await readFile(path, 'utf8')).replace(
    '../../../core/plugin-api/index.ts',
    'tracebench/plugin',
  );
  const manifest = {
    ...{ id: 'local.measured', version: '1.0.0', name: 'Measured', apiVersion: 1, main: 'measured.ts' },
    // The redactor needs content; the others are sent what `reads` of this run names.
    reads: [...new Set([...reads, 'content'])],
    writes: ['decision', 'content', 'annotations', 'attributes:bench'],
    limits: { deadlineMs: 10_000, memoryMb: 256 },
  };
  return { from: 'the bench', manifest: JSON.stringify(manifest), readMain: () => Promise.resolve(code) };
}
