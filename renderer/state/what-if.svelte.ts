/** What the traces of a query would cost otherwise, as the host reckons it: asked, followed and stopped. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { CostProgress, WhatIf, WhatIfWish } from '../../core/rpc/costs.ts';
import type { Link } from './link.svelte.ts';

export class WhatIfQuestion {
  /** Of what was asked last and answered. */
  answer: WhatIf | undefined = $state.raw();
  asking = $state(false);
  progress: CostProgress | undefined = $state.raw();
  /** Why there is no answer: a whole sentence. */
  failure: string | undefined = $state();
  /** Other prices hold than those of the answer. */
  isStale = $state(false);
  readonly #link: Link;
  #runId = '';

  constructor(link: Link) {
    this.#link = link;
    link.on('costs.progress', (progress) => {
      if (progress.runId === this.#runId) this.progress = progress;
    });
    link.on('prices.changed', ({ prices }) => {
      this.isStale = this.answer !== undefined && this.answer.prices !== prices;
    });
  }

  async ask(query: string, wish: WhatIfWish): Promise<void> {
    this.stop();
    const runId = crypto.randomUUID();
    this.#runId = runId;
    this.asking = true;
    this.failure = undefined;
    try {
      const models = wish.models.map((change) => ({ ...change }));
      const params = { runId, query, wish: { ...wish, models } };
      const { result } = await this.#link.request('costs.whatIf', params);
      if (runId !== this.#runId) return;
      this.answer = result;
      this.isStale = false;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (runId !== this.#runId) return;
      this.failure = error.code === 'closed' ? 'The host is away. Ask again when it is back.' : error.message;
    }
    this.asking = false;
    this.progress = undefined;
  }

  /** The last answer stays. */
  stop(): void {
    if (!this.asking) return;
    const runId = this.#runId;
    this.#runId = '';
    this.asking = false;
    this.progress = undefined;
    this.#link.request('costs.cancel', { runId }).catch(() => undefined);
  }
}
