/** What plugins say of all traces: counts by trace for badges, and the findings that say the same as groups. */
import { SvelteMap } from 'svelte/reactivity';
import { RpcError } from '../../core/rpc/connection.ts';
import type { FindingCounts, FindingGroup } from '../../core/rpc/plugins.ts';
import type { Link } from './link.svelte.ts';

/** Findings come in bursts: the groups are asked for once they have settled a little. */
const AGAIN_MS = 500;

export class FindingBoard {
  /** By trace id: only traces of which something is said. */
  readonly counts = new SvelteMap<string, FindingCounts>();
  /** The gravest and most frequent first; undefined until they were asked for. */
  groups: readonly FindingGroup[] | undefined = $state.raw();
  /** Traces of which a warning or an error is said. */
  readonly graveTraces: number = $derived.by(() => {
    let grave = 0;
    for (const { warning, error } of this.counts.values()) if (warning + error > 0) grave++;
    return grave;
  });
  readonly #link: Link;
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link) {
    this.#link = link;
    link.on('findings.changed', ({ traces }) => {
      for (const [traceId, counts] of Object.entries(traces)) {
        if (counts === null) this.counts.delete(traceId);
        else this.counts.set(traceId, counts);
      }
      this.#askSoon();
    });
    link.onOpen(() => {
      void this.#askCounts();
      if (this.#watchers > 0) void this.#askGroups();
    });
  }

  /** Keeps the groups as of now while somebody looks. Returns how to stop. */
  watch(): () => void {
    this.#watchers++;
    void this.#askGroups();
    return () => {
      this.#watchers--;
    };
  }

  #askSoon(): void {
    if (this.#watchers === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#askGroups();
    }, AGAIN_MS);
  }

  async #askGroups(): Promise<void> {
    try {
      const { result } = await this.#link.request('findings.list', {});
      this.groups = result.groups;
    } catch (error) {
      // The line is down, and the page says so; it is asked again when it is back.
      if (!(error instanceof RpcError)) throw error;
    }
  }

  async #askCounts(): Promise<void> {
    try {
      const { result } = await this.#link.request('findings.counts', {});
      this.counts.clear();
      for (const [traceId, counts] of Object.entries(result.traces)) this.counts.set(traceId, counts);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
    }
  }
}
