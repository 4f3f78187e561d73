/** The stream of generated records: traces that run side by side, interleaved by time as a busy host sees them. */
import type { EpochUs } from '../../core/model/time.ts';
import { planTrace, drawTraceSize } from './plan-trace.ts';
import { Prng } from './prng.ts';
import { reportedSpans, type Shape } from './reported.ts';
import { tellTruth, type TraceTruth } from './truth.ts';
import { reportsOf, type Report } from './write-record.ts';

export interface GenerateOptions {
  readonly seed: number;
  /** Distinct spans to report, exactly. */
  readonly spans: number;
  /** Default: `items`. */
  readonly shape?: Shape;
  /** Traces that run at the same time. Default 24; 1 writes one trace behind the other. */
  readonly openTraces?: number;
  /** When the first trace begins. Default: 2026-01-01. */
  readonly startUs?: EpochUs;
  /** Every trace gets this size instead of one of the law's. */
  readonly spansPerTrace?: number;
  /** Told once a trace, before its first record. */
  readonly onTrace?: (truth: TraceTruth) => void;
}

interface OpenTrace {
  readonly reports: readonly Report[];
  next: number;
  atUs: EpochUs;
}

const DEFAULT_OPEN_TRACES = 24;
const DEFAULT_START_US = Date.UTC(2026, 0, 1) * 1000;

/** Yields one JSON line a record, without line feeds. */
export function* generateLines(options: GenerateOptions): Generator<string> {
  const { shape = 'items', openTraces = DEFAULT_OPEN_TRACES, startUs = DEFAULT_START_US } = options;
  const prng = new Prng(options.seed);
  const open: OpenTrace[] = [];
  let left = options.spans;
  let nowUs = startUs;
  for (;;) {
    while (open.length < openTraces && left > 0) {
      const size = Math.min(left, options.spansPerTrace ?? drawTraceSize(prng));
      const trace = planTrace(prng, nowUs + prng.int(0, 2_000_000), size);
      left -= reportedSpans(trace, shape).length;
      const reports = reportsOf(trace, shape);
      const truth = tellTruth(trace, shape);
      if (truth !== undefined) options.onTrace?.(truth);
      if (reports[0] !== undefined) open.push({ reports, next: 0, atUs: reports[0].atUs });
    }
    const earliest = open.reduce<OpenTrace | undefined>(
      (first, trace) => (first === undefined || trace.atUs < first.atUs ? trace : first),
      undefined,
    );
    if (earliest === undefined) return;
    nowUs = earliest.atUs;
    const report = earliest.reports[earliest.next++];
    if (report !== undefined) yield JSON.stringify(report.write());
    const following = earliest.reports[earliest.next];
    if (following === undefined) open.splice(open.indexOf(earliest), 1);
    else earliest.atUs = following.atUs;
  }
}

/** Yields bodies of `POST /v1/traces/ingest` with at most `itemsPerBody` items each. */
export function* generateBodies(options: GenerateOptions, itemsPerBody: number): Generator<string> {
  let items: string[] = [];
  for (const line of generateLines(options)) {
    items.push(line);
    if (items.length < itemsPerBody) continue;
    yield `{"data":[${items.join(',')}]}`;
    items = [];
  }
  if (items.length > 0) yield `{"data":[${items.join(',')}]}`;
}
