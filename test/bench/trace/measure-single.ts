/** One trace of a size: opened, moved about in, read from, weighed. */
import type { Browser, Page, Worker } from '@playwright/test';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { DurationMs } from '../../../core/model/time.ts';
import { askHost } from '../../e2e/ask-host.ts';
import { runCliJson, startHost, type RunningHost } from '../../running-host/running-host.ts';
import { median } from '../median.ts';
import { peakOf } from '../peak-memory.ts';
import { openWorkbench, pageMemory } from './browser.ts';
import type { FrameFigures, PayloadFigures, SingleFigures } from './figures.ts';
import { measureFrames } from './measure-frames.ts';
import { measureHits } from './measure-hits.ts';
import { leaveTrace, timeOpen, timeSpeedscope } from './measure-open.ts';
import { writeSingleTrace, type SingleTrace } from './single-trace.ts';

export interface SingleOptions {
  readonly browser: Browser;
  readonly folder: string;
  readonly spans: number;
  readonly runs: number;
  /** Folder of speedscope's site; undefined: not compared. */
  readonly speedscope: string | undefined;
  readonly progress: (text: string) => void;
}

const READS = 25;

export async function measureSingle(options: SingleOptions): Promise<SingleFigures> {
  const { folder, spans, progress } = options;
  const data = join(folder, `single-${String(spans)}`);
  await mkdir(data, { recursive: true });
  progress(`one trace of ${String(spans)}: writing and importing`);
  const trace = await writeSingleTrace(join(data, 'trace.jsonl'), spans);
  const store = join(data, 'data');
  await runCliJson(['import', trace.path, '--data', store]);
  await rm(trace.path);
  const host = await startHost({ data: store });
  try {
    return await measureIn(options, host, trace, (await folderBytes(join(store, 'journal'))) / spans);
  } finally {
    await host.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function measureIn(
  options: SingleOptions,
  host: RunningHost,
  trace: SingleTrace,
  storedBytesASpan: number,
): Promise<SingleFigures> {
  const { spans, progress } = options;
  const opened = await measureOpenings(options, host, trace);
  progress(`one trace of ${String(spans)}: payloads and hits`);
  const table = await readTable(host, trace);
  const { rows, p50Us, p95Us } = measureHits(table);
  const payload = await measurePayload(host, trace, table);
  return {
    spans,
    bytes: trace.bytes,
    rows,
    open: {
      firstMs: opened.firstMs,
      openMs: opened.openMs,
      wholeMs: opened.wholeMs,
      speedscopeMs: opened.speedscopeMs ?? null,
      timesFaster: opened.speedscopeMs === undefined ? null : opened.speedscopeMs / opened.openMs,
      wholeTimesFaster: opened.speedscopeMs === undefined ? null : opened.speedscopeMs / opened.wholeMs,
    },
    frames: { ...opened.frames, hitP50Us: p50Us, hitP95Us: p95Us },
    payload,
    storedBytesASpan,
    pageBytesASpan: opened.pageBytesASpan ?? null,
    hostPeakMb: peakOf(host.pid) ?? null,
  };
}

interface Openings {
  readonly firstMs: DurationMs;
  readonly openMs: DurationMs;
  readonly wholeMs: DurationMs;
  readonly speedscopeMs: DurationMs | undefined;
  readonly frames: Omit<FrameFigures, 'hitP50Us' | 'hitP95Us'>;
  readonly pageBytesASpan: number | undefined;
}

/** Ours and theirs in turn, each in a page of its own; the last page of ours is also moved about in. */
async function measureOpenings(
  options: SingleOptions,
  host: RunningHost,
  trace: SingleTrace,
): Promise<Openings> {
  const { browser, spans, runs, speedscope, progress } = options;
  const opens: DurationMs[] = [];
  const wholes: DurationMs[] = [];
  const theirs: DurationMs[] = [];
  let last: { page: Page; painter: Worker } | undefined;
  let pageBytesASpan: number | undefined;
  let firstMs = Number.NaN;
  for (let run = 0; run <= runs; run++) {
    progress(`one trace of ${String(spans)}: opening, ${String(run)} of ${String(runs)}`);
    await last?.page.context().close();
    last = await openWorkbench(browser, host.ui);
    const before = await pageMemory(browser, last.page);
    const { paintedMs, wholeMs } = await timeOpen(last.page, last.painter, trace.id);
    const after = await pageMemory(browser, last.page);
    if (before !== undefined && after !== undefined) pageBytesASpan = ((after - before) * 2 ** 20) / spans;
    if (run === 0) {
      firstMs = paintedMs;
    } else {
      opens.push(paintedMs);
      wholes.push(wholeMs);
    }
    if (run === 0 || speedscope === undefined) continue;
    // What is held for the other would be weighed against it.
    await leaveTrace(last.page);
    theirs.push(await timeSpeedscope(browser, speedscope, trace.profilePath));
  }
  if (last === undefined) throw new Error('no run was asked for');
  await timeOpen(last.page, last.painter, trace.id);
  progress(`one trace of ${String(spans)}: panning and zooming`);
  const frames = await measureFrames(last.page, last.painter, runs);
  await last.page.context().close();
  const speedscopeMs = theirs.length === 0 ? undefined : median(theirs);
  return {
    ...{ firstMs, openMs: median(opens), wholeMs: median(wholes) },
    ...{ speedscopeMs, frames, pageBytesASpan },
  };
}

async function readTable(host: RunningHost, { id }: SingleTrace): Promise<SpanTable> {
  return await askHost(host.ui, async (line) => {
    const { bytes } = await line.request('trace.open', { traceId: id });
    if (bytes === undefined) throw new Error('the host sent no spans');
    return decodeSpanTable(bytes);
  });
}

/** Single spans spread over the trace, each asked for twice. */
async function measurePayload(
  host: RunningHost,
  { id }: SingleTrace,
  table: SpanTable,
): Promise<PayloadFigures> {
  const step = Math.max(1, Math.floor(table.length / READS));
  const ids = Array.from({ length: READS }, (_, i) => table.spanId(Math.min(i * step, table.length - 1)));
  return await askHost(host.ui, async (line) => {
    const read = async (spanId: string): Promise<DurationMs> => {
      const start = performance.now();
      const { result } = await line.request('span.get', { traceId: id, spanIds: [spanId] });
      if (result.spans.length !== 1) throw new Error('a span is missing');
      return performance.now() - start;
    };
    const cold: DurationMs[] = [];
    const warm: DurationMs[] = [];
    for (const spanId of ids) cold.push(await read(spanId));
    for (const spanId of ids) warm.push(await read(spanId));
    return { coldMs: median(cold), warmMs: median(warm) };
  });
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
