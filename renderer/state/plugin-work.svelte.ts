/** What one plugin did: its runs with their results, traces that it failed on, and its log. Asked for while it is looked at. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { DeadLetter, PluginLogLine, PluginRunReport } from '../../core/rpc/plugins.ts';
import type { Link } from './link.svelte.ts';

export class PluginWork {
  /** The newest first; undefined until the host has told. */
  runs: readonly PluginRunReport[] | undefined = $state.raw();
  deadLetters: readonly DeadLetter[] = $state.raw([]);
  log: readonly PluginLogLine[] = $state.raw([]);
  readonly #link: Link;
  #id: string | undefined;
  #turn = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Asks for what that plugin did; of another one than before nothing is shown until it has come. */
  async look(id: string | undefined): Promise<void> {
    if (id !== this.#id) {
      this.runs = undefined;
      this.deadLetters = [];
      this.log = [];
    }
    this.#id = id;
    const turn = ++this.#turn;
    if (id === undefined) return;
    try {
      const [results, log] = await Promise.all([
        this.#link.request('plugins.results', { id }),
        this.#link.request('plugins.log', { id }),
      ]);
      if (turn !== this.#turn) return;
      this.runs = results.result.runs;
      this.deadLetters = results.result.deadLetters;
      this.log = log.result.lines;
    } catch (error) {
      // It was removed meanwhile, or the line is down, which the page says.
      if (!(error instanceof RpcError)) throw error;
    }
  }
}
