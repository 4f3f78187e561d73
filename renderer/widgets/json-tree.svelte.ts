/** What a tree of JSON is like just now: what is folded, which row is active, what is looked for. */
import { untrack } from 'svelte';
import type { Json } from '../../core/model/json.ts';
import { childAt, findContainer, JsonFolds, JsonRows, type JsonRow } from './json-rows.ts';
import { findMatchRows, JsonSearch, type JsonMatch } from './json-search.ts';

/** So long rows are made at once; the rest in between frames, so that unfolding a payload of megabytes stalls nothing. */
const FIRST_MS = 25;
const RUNS = 5000;
const LARGE_ROWS = 12;
/** Deeper than anything that is open to begin with: only what was unfolded by hand or altogether counts. */
const DEEP = 1_000_000;
const VALUES = 20_000;

export class JsonTreeState {
  active = $state(-1);
  matches: readonly JsonMatch[] = $state.raw([]);
  /** Place of the match that is stepped to, -1 for none. */
  current = $state(-1);
  searching = $state(false);
  readonly #value: () => Json;
  readonly #openDepth: number;
  #folds: JsonFolds = $state.raw(JsonFolds.all(false));
  /** Counts what makes the rows others. */
  #turn = $state(0);
  #grown = $state(0);
  #search: JsonSearch | undefined;
  #wanted: JsonMatch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Called with a row that is to come into sight. */
  onreveal: (row: number) => void = () => undefined;

  readonly #made = $derived({ rows: this.#make(), turn: this.#turn });
  readonly #rows: JsonRows = $derived(this.#made.rows);
  readonly #known = $derived({ count: this.#rows.count, turn: this.#grown });

  constructor(value: () => Json, openDepth: number) {
    this.#value = value;
    this.#openDepth = openDepth;
    this.#folds = JsonFolds.initial(value(), openDepth);
  }

  /** Unfolded it is more than a glance: worth tools of its own. */
  readonly isLarge: boolean = $derived.by(() => {
    const unfolded = new JsonRows(this.#value(), JsonFolds.all(true));
    unfolded.grow(LARGE_ROWS);
    return unfolded.count >= LARGE_ROWS;
  });

  get count(): number {
    return this.#known.count;
  }

  row(index: number): JsonRow {
    return this.#rows.row(index);
  }

  path(index: number): readonly (string | number)[] {
    return this.#rows.path(index);
  }

  /** Another value took the place of the one before. */
  begin(): void {
    this.#folds = JsonFolds.initial(this.#value(), this.#openDepth);
    this.active = -1;
    this.look('');
  }

  /** Unfolds or folds everything. */
  foldAll(open: boolean): void {
    this.#folds = JsonFolds.all(open);
    this.active = -1;
  }

  toggle(index: number, open = this.row(index).open !== true): void {
    const { value } = this.row(index);
    const container = findContainer(value);
    if (container === undefined) return;
    this.#folds.set(container, open);
    this.#turn++;
  }

  /** To the right: unfold, then go inside. To the left: fold, then go to what is around. */
  goIn(index: number): void {
    const { open } = this.row(index);
    if (open === false) this.toggle(index, true);
    else if (open === true) this.activate(index + 1);
  }

  goOut(index: number): void {
    if (this.row(index).open === true) this.toggle(index, false);
    else if (this.#rows.above(index) >= 0) this.activate(this.#rows.above(index));
  }

  activate(index: number): void {
    this.active = Math.min(Math.max(index, 0), this.count - 1);
    this.onreveal(this.active);
  }

  /** Looks for words; none: for nothing any more. */
  look(words: string): void {
    clearTimeout(this.#timer);
    this.#wanted = undefined;
    this.matches = [];
    this.current = -1;
    this.#search = words === '' ? undefined : new JsonSearch(this.#value(), words);
    this.searching = this.#search !== undefined;
    this.#lookOn();
  }

  /** To the next match, or by -1 to the one before; around at the ends. */
  step(by: number): void {
    const count = this.matches.length;
    if (count === 0) return;
    this.current = (this.current + by + count) % count;
    const match = this.matches[this.current];
    if (match !== undefined) this.#show(match);
  }

  /** Where matches stand, while they are few enough to be told one by one. */
  readonly #matchRows = $derived({ rows: findMatchRows(this.matches, this.#rows), turn: this.#known });

  isMatch(index: number): boolean {
    return this.#matchRows.rows.has(index);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#search = undefined;
  }

  #lookOn(): void {
    const search = this.#search;
    if (search === undefined) return;
    const done = search.step(VALUES);
    this.matches = [...search.matches];
    this.searching = !done;
    if (this.current < 0 && this.matches.length > 0) this.step(1);
    if (!done) this.#timer = setTimeout(() => this.#lookOn());
  }

  #show({ container, child, around }: JsonMatch): void {
    let opened = false;
    for (let each = around; each !== undefined; each = each.around) {
      const keys = Array.isArray(each.container) ? undefined : Object.keys(each.container);
      const folding = findContainer(childAt(each.container, keys, each.child));
      if (folding === undefined || this.#folds.isOpen(folding, DEEP)) continue;
      this.#folds.set(folding, true);
      opened = true;
    }
    if (opened) this.#turn++;
    this.#wanted = { container, child, around };
    this.#reveal();
  }

  /** To the match that was stepped to, as soon as its row is known. */
  #reveal(): void {
    if (this.#wanted === undefined) return;
    const row = this.#rows.find(this.#wanted.container, this.#wanted.child);
    if (row < 0 || row >= this.count) return;
    this.#wanted = undefined;
    this.activate(row);
  }

  #make(): JsonRows {
    const rows = new JsonRows(this.#value(), this.#folds);
    const untilMs = performance.now() + FIRST_MS;
    while (!rows.grow(RUNS)) {
      if (performance.now() < untilMs) continue;
      this.#growLater(rows);
      break;
    }
    return rows;
  }

  #growLater(rows: JsonRows): void {
    setTimeout(() => {
      if (untrack(() => this.#rows) !== rows) return;
      const done = rows.grow(RUNS);
      this.#grown++;
      this.#reveal();
      if (!done) this.#growLater(rows);
    });
  }
}
