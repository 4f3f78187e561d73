/**
 * Questions about many traces, which the host answers. A question keeps its last answer until the next one has
 * come, tells how far it is, and can be stopped; it is asked again a while after traces have changed.
 */
import type { CorpusProgress, CorpusRequests } from '../../core/rpc/corpus.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { Link } from './link.svelte.ts';

type CorpusName = Exclude<keyof CorpusRequests, 'corpus.cancel'>;
type Answer<Name extends CorpusName> = CorpusRequests[Name]['result'];
type Asked<Name extends CorpusName> = Omit<CorpusRequests[Name]['params'], 'runId'>;

/** Traces arrive in bursts: figures that move with each of them would be read by nobody. */
const AGAIN_MS = 3000;

export class CorpusQuestion<Name extends CorpusName> {
  answer: Answer<Name> | undefined = $state.raw();
  asking = $state(false);
  progress: CorpusProgress | undefined = $state.raw();
  /** Why there is no answer to what was asked last: whole sentences. */
  failure: string | undefined = $state();
  readonly #link: Link;
  readonly #name: Name;
  #runId = '';
  #asked: Asked<Name> | undefined;

  constructor(link: Link, name: Name) {
    this.#link = link;
    this.#name = name;
  }

  /** Asks; the same thing only once. Undefined: nothing is wanted any more. */
  ask(params: Asked<Name> | undefined): void {
    if (JSON.stringify(params) === JSON.stringify(this.#asked)) return;
    this.stop();
    this.#asked = params;
    if (params === undefined) this.answer = undefined;
    this.again();
  }

  /** Nobody looks any more: nothing is asked anew, and the last answer waits for who comes back. */
  leave(): void {
    this.stop();
    this.#asked = undefined;
  }

  /** Asks the same anew: the traces are others than before. */
  again(): void {
    if (this.#asked !== undefined) void this.#request(this.#asked);
  }

  /** Stops a question that runs; the last answer stays. */
  stop(): void {
    if (!this.asking) return;
    const runId = this.#runId;
    this.#runId = '';
    this.asking = false;
    this.progress = undefined;
    this.#link.request('corpus.cancel', { runId }).catch(() => undefined);
  }

  take(progress: CorpusProgress): void {
    if (progress.runId === this.#runId) this.progress = progress;
  }

  async #request(params: Asked<Name>): Promise<void> {
    const runId = crypto.randomUUID();
    this.#runId = runId;
    this.asking = true;
    try {
      // What is asked has all its fields but the id.
      const whole = { ...params, runId } as unknown as CorpusRequests[Name]['params'];
      const { result } = await this.#link.request(this.#name, whole);
      if (runId !== this.#runId) return;
      this.answer = result;
      this.failure = undefined;
    } catch (error) {
      if (runId !== this.#runId) return;
      this.failure = sayWhy(error);
    }
    this.asking = false;
    this.progress = undefined;
  }
}

function sayWhy(error: unknown): string {
  if (error instanceof RpcError && error.code === 'closed') {
    return 'The host is away: this can be counted when it is back.';
  }
  return error instanceof Error ? error.message : String(error);
}

export class Corpus {
  readonly map: CorpusQuestion<'corpus.map'>;
  readonly mapDetail: CorpusQuestion<'corpus.mapDetail'>;
  readonly loops: CorpusQuestion<'corpus.loops'>;
  readonly insights: CorpusQuestion<'corpus.insights'>;
  readonly flame: CorpusQuestion<'corpus.flame'>;
  readonly group: CorpusQuestion<'corpus.group'>;
  readonly #questions: readonly Pick<CorpusQuestion<CorpusName>, 'take' | 'again'>[];
  #spans = -1;
  #waits = false;

  constructor(link: Link) {
    this.map = new CorpusQuestion(link, 'corpus.map');
    this.mapDetail = new CorpusQuestion(link, 'corpus.mapDetail');
    this.loops = new CorpusQuestion(link, 'corpus.loops');
    this.insights = new CorpusQuestion(link, 'corpus.insights');
    this.flame = new CorpusQuestion(link, 'corpus.flame');
    this.group = new CorpusQuestion(link, 'corpus.group');
    this.#questions = [this.map, this.mapDetail, this.loops, this.insights, this.flame, this.group];
    link.on('corpus.progress', (progress) => {
      for (const question of this.#questions) question.take(progress);
    });
    link.on('status.changed', ({ spans }) => {
      if (spans !== this.#spans && this.#spans >= 0) this.#askAgain();
      this.#spans = spans;
    });
    link.onOpen(() => {
      this.#askAgain();
    });
  }

  #askAgain(): void {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      for (const question of this.#questions) question.again();
    }, AGAIN_MS);
  }
}
