/** The search in a conversation as it goes on: what was found so far, and how much was looked through. */
import type { ConversationEntry } from '../../../core/analysis/conversation.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { findWords, type ReadRecords } from './find-words.ts';

export class ConversationSearch {
  words = $state('');
  /** Places of the entries that hold the words, in order. */
  matches: readonly number[] = $state.raw([]);
  /** How many entries were looked through. */
  searched = $state(0);
  running = $state(false);
  failure: string | undefined = $state();
  #turn: symbol | undefined;

  /** Begins anew; what ran before ends. */
  async run(table: SpanTable, entries: readonly ConversationEntry[], read: ReadRecords): Promise<void> {
    const turn = (this.#turn = Symbol('search'));
    const words = this.words.trim();
    this.matches = [];
    this.searched = 0;
    this.failure = undefined;
    this.running = words !== '';
    if (words === '') return;
    try {
      for await (const { found, searched } of findWords(words, table, entries, read)) {
        if (turn !== this.#turn) return;
        if (found.length > 0) this.matches = [...this.matches, ...found];
        this.searched = searched;
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.running = false;
  }

  stop(): void {
    this.#turn = undefined;
    this.running = false;
  }
}
