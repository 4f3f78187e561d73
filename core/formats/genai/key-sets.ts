/**
 * The keys that a span's attributes have, and what follows from the keys alone. The spans of one kind of call have
 * the same ones, so this is made once for all of them and found again key by key.
 */

export interface KeySet {
  readonly keys: readonly string[];
  /** Where each key stands among them. */
  readonly places: ReadonlyMap<string, number>;
  /** What the keys begin with, up to the first dot or colon. */
  readonly words: ReadonlySet<string>;
}

/** The keys so far, one behind the other. */
interface Branch {
  readonly next: Map<string, Branch>;
  keySet: KeySet | undefined;
}

/** A file that makes up keys would fill any memory of them. */
const MAX_BRANCHES = 10_000;
/** Longer lists are made anew each time: they seldom come twice. */
const MAX_KEYS = 100;

let root: Branch = { next: new Map(), keySet: undefined };
let branches = 0;

export function findKeySet(keys: readonly string[]): KeySet {
  if (keys.length > MAX_KEYS) return makeKeySet(keys);
  if (branches > MAX_BRANCHES) {
    root = { next: new Map(), keySet: undefined };
    branches = 0;
  }
  let branch = root;
  for (const key of keys) {
    let next = branch.next.get(key);
    if (next === undefined) {
      next = { next: new Map(), keySet: undefined };
      branch.next.set(key, next);
      branches++;
    }
    branch = next;
  }
  return (branch.keySet ??= makeKeySet(keys));
}

function makeKeySet(keys: readonly string[]): KeySet {
  const places = new Map(keys.map((key, place) => [key, place]));
  return { keys, places, words: new Set(keys.map(firstWord)) };
}

/** `gen_ai` of `gen_ai.request.model`. */
export function firstWord(key: string): string {
  return key.slice(0, endOfWord(key));
}

/** The word that everything with this beginning begins with: `ai` of `ai.settings.`; undefined where it may go on. */
export function wholeWord(start: string): string | undefined {
  const known = wholeWords.get(start);
  if (known !== undefined) return known === '' ? undefined : known;
  const end = endOfWord(start);
  const word = end === start.length ? '' : start.slice(0, end);
  wholeWords.set(start, word);
  return word === '' ? undefined : word;
}

/** Beginnings that rules ask for, which are ours and few. */
const wholeWords = new Map<string, string>();

function endOfWord(key: string): number {
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code === 0x2e || code === 0x3a) return i;
  }
  return key.length;
}
