/** Deleting: what would go, the delete itself, and how far the disk has come with it. */
import type { CleanupDone, CleanupPreview, CleanupScope, CleanupStatus } from '../../core/rpc/cleanup.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { Link } from './link.svelte.ts';

/** What a person is asked about before anything happens. */
export interface CleanupQuestion {
  /** What would be deleted, to stand behind `Delete`: `the sample`. */
  readonly name: string;
  readonly scope: CleanupScope;
  /** A rule that would be set by the same answer; undefined: it is done once. */
  readonly rule?: { readonly says: string; readonly set: () => Promise<string | undefined> };
}

/** A message to the host holds at most 4 MB; ids are of any length. */
const IDS_A_MESSAGE = 10_000;

export class Cleanup {
  status: CleanupStatus | undefined = $state.raw();
  /** The open question; its dialog shows what became of it, too. */
  question: CleanupQuestion | undefined = $state.raw();
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
    link.on('cleanup.changed', (status) => {
      this.status = status;
    });
    link.onOpen(() => {
      void this.#askStatus();
    });
  }

  ask(question: CleanupQuestion): void {
    this.question = question;
  }

  /** Rejects with a sentence for a person. */
  async preview(scope: CleanupScope): Promise<CleanupPreview> {
    let sum: CleanupPreview = { traces: 0, spans: 0, bytes: 0, oldest: null, youngest: null };
    for (const part of partsOf(scope)) {
      const { result } = await inWords(this.#link.request('cleanup.preview', { scope: part }));
      sum = {
        traces: sum.traces + result.traces,
        spans: sum.spans + result.spans,
        bytes: sum.bytes + result.bytes,
        oldest: firstOf(sum.oldest, result.oldest, 1),
        youngest: firstOf(sum.youngest, result.youngest, -1),
        held: (sum.held ?? 0) + (result.held ?? 0),
      };
    }
    return sum;
  }

  /** Resolves when the traces are hidden, durably. Rejects with a sentence for a person. */
  async apply(scope: CleanupScope, keepAway: boolean): Promise<CleanupDone> {
    let traces = 0;
    let spans = 0;
    let held = 0;
    for (const part of partsOf(scope)) {
      const { result } = await inWords(this.#link.request('cleanup.apply', { scope: part, keepAway }));
      traces += result.traces;
      spans += result.spans;
      held += result.held ?? 0;
    }
    // As it was known before, it would say of traces that were just hidden that they are gone.
    await this.#askStatus();
    return { traces, spans, held };
  }

  async #askStatus(): Promise<void> {
    try {
      this.status = (await this.#link.request('cleanup.status', {})).result;
    } catch {
      // Where the line breaks meanwhile nobody knows, and the next opening asks anew.
      this.status = undefined;
    }
  }
}

function* partsOf(scope: CleanupScope): Iterable<CleanupScope> {
  if (scope.kind !== 'traces') {
    yield scope;
    return;
  }
  for (let from = 0; from < scope.traceIds.length; from += IDS_A_MESSAGE) {
    yield { kind: 'traces', traceIds: scope.traceIds.slice(from, from + IDS_A_MESSAGE) };
  }
}

/** ISO times of one zone compare as text; `order` -1 takes the later one. */
function firstOf(a: string | null, b: string | null, order: 1 | -1): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b === (order === 1) ? a : b;
}

async function inWords<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RpcError && error.code === 'closed') {
      throw new Error('The host does not answer. What it had not taken was not deleted.', { cause: error });
    }
    throw error;
  }
}
