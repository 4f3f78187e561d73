/** What can stand where the caret of the search field is: looked up while one types, walked through by keys. */
import {
  placeOfCaret,
  suggestFields,
  suggestValue,
  suggestWords,
  type CaretPlace,
  type Suggestion,
} from '../../../core/query/complete-query.ts';
import type { QueryValue } from '../../../core/rpc/query.ts';
import type { ValuesOf } from '../../state/library.svelte.ts';

const MOST = 8;

export class QueryCompletion {
  suggestions: readonly Suggestion[] = $state.raw([]);
  place: CaretPlace | undefined = $state.raw();
  /** Of the suggestion that Enter takes; -1: none, Enter leaves the field. */
  chosen = $state(-1);
  readonly #valuesOf: (of: ValuesOf) => Promise<readonly QueryValue[]>;
  #asked = 0;

  constructor(valuesOf: (of: ValuesOf) => Promise<readonly QueryValue[]>) {
    this.#valuesOf = valuesOf;
  }

  get isOpen(): boolean {
    return this.suggestions.length > 0;
  }

  /** The text or the caret is another. */
  async look(text: string, caret: number): Promise<void> {
    const asked = ++this.#asked;
    const place = placeOfCaret(text, caret);
    const found = place === undefined ? [] : await this.#find(place);
    if (asked !== this.#asked) return;
    this.place = place;
    // What is already there needs no suggestion.
    const written = place === undefined ? '' : text.slice(place.from, place.to);
    this.suggestions = found.some((each) => each.isWhole && each.text === written) ? [] : found;
    this.chosen = -1;
  }

  close(): void {
    this.#asked++;
    this.suggestions = [];
    this.chosen = -1;
  }

  move(by: number): void {
    const { length } = this.suggestions;
    // One place more than there are: nothing is chosen.
    this.chosen = ((this.chosen + 1 + by + length + 1) % (length + 1)) - 1;
  }

  async #find(place: CaretPlace): Promise<readonly Suggestion[]> {
    if (place.kind === 'field') return suggestFields(place.typed, place.inSpan);
    const { field, key, typed: find } = place;
    const words = suggestWords(place);
    if (words !== undefined) return words;
    const values = await this.#valuesOf({ field: field.name, key, find, most: MOST });
    return values.map(({ value, traces }) => suggestValue(value, traces));
  }
}
