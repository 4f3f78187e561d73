/**
 * The search of contents: the host reads the journal and tells what it finds while it goes. Hits are grouped by
 * trace, in the order in which they come.
 */
import { RpcError } from '../../core/rpc/connection.ts';
import type { SearchDone, SearchHit, SearchProgress } from '../../core/rpc/search.ts';
import type { Link } from './link.svelte.ts';

export interface FoundTrace {
  readonly traceId: string;
  readonly workflowName: string;
  readonly startedAt: string;
  readonly hits: readonly SearchHit[];
}

interface Asked {
  readonly words: string;
  readonly query: string;
}

export class ContentSearch {
  traces: readonly FoundTrace[] = $state.raw([]);
  progress: SearchProgress | undefined = $state.raw();
  /** How it ended; undefined while it runs, and where nothing is asked. */
  done: SearchDone | undefined = $state.raw();
  asking = $state(false);
  /** Why there is no answer: whole sentences. */
  failure: string | undefined = $state();
  readonly #link: Link;
  #runId = '';
  #asked: Asked | undefined;

  constructor(link: Link) {
    this.#link = link;
    link.on('search.hits', ({ runId, hits, progress }) => {
      if (runId !== this.#runId) return;
      this.progress = progress;
      if (hits.length > 0) this.traces = groupHits(this.traces, hits);
    });
    link.onOpen(() => {
      // Asked before there was a host, or while it went away.
      if (this.done === undefined) this.again();
    });
  }

  /** Searches; the same thing only once. No words: nothing is wanted any more. */
  ask(words: string, query: string): void {
    if (this.#asked?.words === words && this.#asked.query === query) return;
    this.stop();
    this.#asked = { words, query };
    this.traces = [];
    this.progress = this.done = this.failure = undefined;
    if (words.replaceAll('"', '').trim() !== '') void this.#request({ words, query });
  }

  /** Searches the same anew: there may be more by now. */
  again(): void {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked !== undefined) this.ask(asked.words, asked.query);
  }

  /** Stops a search that runs; what was found stays. */
  stop(): void {
    if (!this.asking) return;
    this.#link.request('search.cancel', { runId: this.#runId }).catch(() => undefined);
  }

  async #request(asked: Asked): Promise<void> {
    const runId = crypto.randomUUID();
    this.#runId = runId;
    this.asking = true;
    try {
      const { result } = await this.#link.request('search.start', { runId, ...asked });
      if (runId !== this.#runId) return;
      this.done = this.progress = result;
    } catch (error) {
      if (runId !== this.#runId) return;
      this.failure = sayWhy(error);
    }
    this.asking = false;
  }
}

function groupHits(traces: readonly FoundTrace[], hits: readonly SearchHit[]): readonly FoundTrace[] {
  const grouped = [...traces];
  for (const hit of hits) {
    const { traceId, workflowName, startedAt } = hit;
    const at = grouped.findIndex((trace) => trace.traceId === traceId);
    const known = grouped[at];
    if (known === undefined) grouped.push({ traceId, workflowName, startedAt, hits: [hit] });
    else grouped[at] = { ...known, hits: [...known.hits, hit] };
  }
  return grouped;
}

function sayWhy(error: unknown): string {
  if (error instanceof RpcError && error.code === 'closed') {
    return 'The host is away: contents can be searched when it is back.';
  }
  return error instanceof Error ? error.message : String(error);
}
