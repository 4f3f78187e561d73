/** What plugins say of the open trace: findings, marks on its spans, and measures of the flame graph. */
import type { Finding } from '../../core/model/finding.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { TraceResults } from '../../core/rpc/plugins.ts';
import type { Link } from './link.svelte.ts';
import type { FlameMeasure } from '../charts/flame/measure.ts';
import { byGravity, findMarks, NO_MARKS, type SpanMarks } from './find-marks.ts';
import { findMeasures } from './find-measures.ts';

export class SaidOfTrace {
  /** The gravest first; marks on spans are among them. */
  findings: readonly Finding[] = $state.raw([]);
  /** How many of them are more than a remark. */
  readonly grave: number = $derived(this.findings.filter(({ severity }) => severity !== 'info').length);
  /** What stands on the spans themselves. */
  marks: SpanMarks = $state.raw(NO_MARKS);
  /** What the flame graph can be drawn by. */
  measures: readonly FlameMeasure[] = $state.raw([]);
  /** Plugins whose words are of another version, other settings or an older state of the trace. */
  stale: readonly string[] = $state.raw([]);
  readonly #link: Link;
  #traceId: string | undefined;

  constructor(link: Link) {
    this.#link = link;
    link.on('findings.changed', ({ traces }) => {
      if (this.#traceId !== undefined && Object.hasOwn(traces, this.#traceId)) void this.#ask(this.#traceId);
    });
    link.onOpen(() => {
      if (this.#traceId !== undefined) void this.#ask(this.#traceId);
    });
  }

  /** Of another trace than before nothing is shown until it has come. */
  look(traceId: string | undefined): void {
    if (traceId === this.#traceId) return;
    this.#traceId = traceId;
    this.#take([]);
    if (traceId !== undefined) void this.#ask(traceId);
  }

  async #ask(traceId: string): Promise<void> {
    try {
      const { result } = await this.#link.request('plugins.trace', { traceId });
      if (traceId === this.#traceId) this.#take(result.results);
    } catch (error) {
      // The line is down, and the page says so; it is asked again when it is back.
      if (!(error instanceof RpcError)) throw error;
    }
  }

  #take(results: readonly TraceResults[]): void {
    this.findings = results.flatMap(({ findings }) => findings).sort(byGravity);
    this.marks = findMarks(results);
    this.measures = findMeasures(results);
    this.stale = results.filter(({ isStale }) => isStale).map(({ by }) => by);
  }
}
