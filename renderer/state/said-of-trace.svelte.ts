/** What plugins say of the open trace: their findings, and their marks on spans as findings about those spans. */
import type { Finding } from '../../core/model/finding.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { TraceResults } from '../../core/rpc/plugins.ts';
import type { Link } from './link.svelte.ts';
import { findMarks } from './find-marks.ts';

export class SaidOfTrace {
  /** The gravest first. */
  findings: readonly Finding[] = $state.raw([]);
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
    this.findings = results.flatMap((each) => [...each.findings, ...findMarks(each)]).sort(byGravity);
    this.stale = results.filter(({ isStale }) => isStale).map(({ by }) => by);
  }
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

function byGravity(a: Finding, b: Finding): number {
  return GRAVITY[a.severity] - GRAVITY[b.severity];
}
