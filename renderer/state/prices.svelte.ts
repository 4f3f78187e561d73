/** What models cost, as the host says: its dated snapshot and the user's own. Asked for with the first trace. */
import { openPriceBook, type PriceFiles } from '../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../core/analysis/cost/price-book.ts';
import type { Link } from './link.svelte.ts';

export class Prices {
  /** Undefined until the host has told them. */
  book: PriceBook | undefined = $state.raw();
  /** What the book was read from, for a worker that has to read it too. */
  files: PriceFiles | undefined;
  /** What is wrong with the user's own file, in whole sentences. */
  problems: readonly string[] = $state.raw([]);
  /** Where the user's own prices stand, or would. */
  path: string | undefined = $state();
  readonly #link: Link;
  #isWanted = false;

  constructor(link: Link) {
    this.#link = link;
    link.onOpen(() => {
      if (this.#isWanted) this.#ask();
    });
    link.on('prices.changed', () => {
      if (this.#isWanted) this.#ask();
    });
  }

  /** Somebody looks at a trace. */
  want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#ask();
  }

  #ask(): void {
    this.#link.request('prices.get', {}).then(
      ({ result }) => {
        this.problems = result.problems;
        this.path = result.path;
        this.files = result;
        this.book = openPriceBook(result);
      },
      // Where the line breaks meanwhile, the next opening asks anew.
      () => undefined,
    );
  }
}
