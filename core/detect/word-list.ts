/** Words and phrases of the user's own, thousands of them: a tree by words, walked from each word of a text. */
import type { Detector } from './detector.ts';

interface Branch {
  readonly next: Map<string, Branch>;
  isEnd: boolean;
}

const WORD = /[\p{L}\p{N}_]+/gu;

/** Whole words, in any case; what stands between the words of a phrase does not matter. */
export function makeWordList(name: string, words: readonly string[]): Detector {
  const root: Branch = { next: new Map(), isEnd: false };
  for (const phrase of words) addPhrase(root, phrase);
  return {
    type: `own:${name}`,
    mayHold: () => root.next.size > 0,
    find(text, found) {
      const tokens = [...text.matchAll(WORD)];
      const plain = tokens.map(([word]) => word.toLowerCase());
      for (let i = 0; i < tokens.length; i++) {
        const last = walk(root, plain, i);
        const first = tokens[i];
        const end = last === undefined ? undefined : tokens[last];
        if (first === undefined || last === undefined || end === undefined) continue;
        found(first.index, end.index + end[0].length);
        i = last;
      }
    },
  };
}

function addPhrase(root: Branch, phrase: string): void {
  let branch = root;
  for (const word of phrase.toLowerCase().match(WORD) ?? []) {
    const next = branch.next.get(word) ?? { next: new Map<string, Branch>(), isEnd: false };
    branch.next.set(word, next);
    branch = next;
  }
  // A phrase without a word would be found everywhere.
  if (branch !== root) branch.isEnd = true;
}

/** Place of the last word of the longest phrase that begins at `from`. */
function walk(root: Branch, words: readonly string[], from: number): number | undefined {
  let longest: number | undefined;
  let branch = root.next.get(words[from] ?? '');
  for (let i = from; branch !== undefined; branch = branch.next.get(words[++i] ?? '')) {
    if (branch.isEnd) longest = i;
  }
  return longest;
}
