/** What pages and command lines may ask of ingest: what was let go, what waits, and a policy tried on what is stored. */
import type { JsonObject } from '../../../core/model/json.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { DroppedTraceRecord, IntakeState, Rehearsal } from '../../../core/rpc/sampling.ts';
import type { Library } from '../library/library.ts';
import type { LoadedPlugin } from '../plugins/load-plugin.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import type { StoredTraces } from '../plugins/stored-traces.ts';
import type { StartRunner } from '../plugins/supervisor.ts';
import type { PolicyGate } from './policy-gate.ts';
import { listDropped } from './list-dropped.ts';
import { rehearseSampling } from './rehearse-sampling.ts';

export interface IntakeDeskParts {
  readonly gate: Pick<PolicyGate, 'waiting' | 'lateRecords' | 'refusal'>;
  readonly library: Library;
  readonly traces: Pick<StoredTraces, 'select' | 'find'>;
  readonly findPlugin: (id: string) => { whole(): LoadedPlugin } | undefined;
  readonly start: StartRunner;
  readonly clock: Clock;
}

export interface RehearsalAsked {
  readonly runId: string;
  readonly plugin: string;
  readonly settings: JsonObject;
  readonly query: string | undefined;
}

/** The built-in sampler. */
export const SAMPLE_ID = 'sample';

export class IntakeDesk {
  readonly #parts: IntakeDeskParts;
  readonly #running = new Map<string, AbortController>();

  constructor(parts: IntakeDeskParts) {
    this.#parts = parts;
  }

  /** Rejects with a PluginFault. */
  async rehearse(
    { runId, plugin, settings, query }: RehearsalAsked,
    onProgress: (done: number, total: number) => void,
  ): Promise<Rehearsal> {
    const found = this.#parts.findPlugin(plugin);
    if (found === undefined) throw new PluginFault(`There is no plugin ${plugin}.`);
    const loaded = found.whole();
    this.cancel(runId);
    const controller = new AbortController();
    this.#running.set(runId, controller);
    try {
      const parts = { ...this.#parts, nowUs: this.#parts.clock() };
      return await rehearseSampling(
        parts,
        { plugin: loaded, settings, query },
        controller.signal,
        onProgress,
      );
    } finally {
      if (this.#running.get(runId) === controller) this.#running.delete(runId);
    }
  }

  cancel(runId: string): void {
    this.#running.get(runId)?.abort();
  }

  cancelAll(): void {
    for (const running of this.#running.values()) running.abort();
  }

  /** Ids of the traces that a query means, the newest first. Rejects with a PluginFault where it cannot be read. */
  async select(query: string): Promise<readonly string[]> {
    return await this.#parts.traces.select({ query });
  }

  dropped(limit: number): { readonly total: number; readonly dropped: readonly DroppedTraceRecord[] } {
    return listDropped(this.#parts.library, limit);
  }

  state(): IntakeState {
    const { gate, library } = this.#parts;
    return {
      waitingTraces: gate.waiting.traces,
      waitingBytes: gate.waiting.bytes,
      droppedTraces: listDropped(library, 0).total,
      lateRecords: gate.lateRecords,
      closed: gate.refusal ?? null,
    };
  }
}
