/**
 * Patterns of the user's own. They run on every text that comes in, so a pattern whose time could explode is
 * refused: no looking around, no references back, no repetition of a repetition or of a choice, and few ways to
 * share a text among repetitions. Every repetition gets an end.
 */
import type { Detector } from './detector.ts';

export type OwnPatternRead =
  | { readonly kind: 'detector'; readonly detector: Detector }
  | { readonly kind: 'fault'; readonly says: string };

const MOST_CHARACTERS = 500;
/** In place of an open end: `+` is `{1,64}`. */
const MOST_REPEATS = 64;
const MOST_COUNT = 256;
/** Ways in which one place of a text can be tried. */
const MOST_WAYS = 4_000;
const MOST_FINDS = 10_000;

export function readOwnPattern(name: string, pattern: string, ignoreCase = false): OwnPatternRead {
  const bounded = boundPattern(pattern);
  if (bounded.kind === 'fault') return bounded;
  let compiled: RegExp;
  try {
    compiled = new RegExp(bounded.pattern, ignoreCase ? 'giu' : 'gu');
  } catch (error) {
    if (error instanceof SyntaxError) return fault(`It is no regular expression: ${error.message}`);
    throw error;
  }
  if (new RegExp(`^(?:${bounded.pattern})$`, 'u').test(''))
    return fault('It would match where nothing stands.');
  const detector: Detector = {
    type: `own:${name}`,
    mayHold: () => true,
    find(text, found) {
      let count = 0;
      for (const match of text.matchAll(compiled)) {
        if (match[0] !== '') found(match.index, match.index + match[0].length);
        if (++count >= MOST_FINDS) break;
      }
    },
  };
  return { kind: 'detector', detector };
}

function fault(says: string): { readonly kind: 'fault'; readonly says: string } {
  return { kind: 'fault', says };
}

type Bounded = { readonly kind: 'bounded'; readonly pattern: string } | ReturnType<typeof fault>;

/** One piece that a repetition can stand behind, or what is none. */
const PIECE =
  /\\(?:[uU]\{?[\da-fA-F]+\}?|p\{[^}]+\}|P\{[^}]+\}|x[\da-fA-F]{2}|.)|\[(?:\\.|[^\]\\])*\]|\(\?:|\(|\)|\||[\^$]|[^\\[\](){}*+?|^$]/uy;
const REPEAT = /(?:\*|\+|\?|\{(\d+)(,(\d*))?\})(\??)/uy;

interface Group {
  isVaried: boolean;
}

function boundPattern(pattern: string): Bounded {
  if (pattern === '' || pattern.length > MOST_CHARACTERS) return fault('It must have 1 to 500 characters.');
  const groups: Group[] = [{ isVaried: false }];
  let bounded = '';
  let ways = 1;
  for (let at = 0; at < pattern.length;) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(pattern)?.[0];
    if (piece === undefined) return fault(`It cannot be read at its character ${String(at + 1)}.`);
    if (/^\\[1-9k]/.test(piece)) return fault('It refers back to what it found, which can take for ever.');
    at += piece.length;
    bounded += piece === '(' ? '(?:' : piece;
    if (piece.startsWith('(')) {
      if (piece === '(' && pattern.charAt(at) === '?')
        return fault('It looks around, or names a group: that is not done here.');
      groups.push({ isVaried: false });
      continue;
    }
    const current = groups.at(-1);
    if (current === undefined) return fault('A bracket is closed that was never opened.');
    if (piece === '|') current.isVaried = true;
    const closed = piece === ')' ? groups.pop() : undefined;
    if (groups.length === 0) return fault('A bracket is closed that was never opened.');
    const repeat = readRepeat(pattern, at);
    if (repeat === undefined) {
      if (closed?.isVaried === true) markVaried(groups);
      continue;
    }
    if (piece === '|' || piece === '^' || piece === '$')
      return fault('There is nothing that could be repeated.');
    const { least, most } = repeat;
    if (most > MOST_COUNT || least > most) return fault('It repeats something more than 256 times.');
    if (closed?.isVaried === true && most > 1)
      return fault('It repeats a choice or a repetition, which can take for ever.');
    ways *= most - least + 1;
    if (ways > MOST_WAYS)
      return fault('It can be tried in too many ways; give its repetitions smaller ends, as in {1,12}.');
    if (most !== least || closed?.isVaried === true) markVaried(groups);
    bounded += `{${String(least)},${String(most)}}${repeat.lazy}`;
    at += repeat.length;
  }
  return groups.length === 1 ? { kind: 'bounded', pattern: bounded } : fault('A bracket is not closed.');
}

function markVaried(groups: readonly Group[]): void {
  const last = groups.at(-1);
  if (last !== undefined) last.isVaried = true;
}

interface Repeat {
  readonly least: number;
  readonly most: number;
  readonly lazy: string;
  readonly length: number;
}

function readRepeat(pattern: string, at: number): Repeat | undefined {
  REPEAT.lastIndex = at;
  const found = REPEAT.exec(pattern);
  if (found === null) return undefined;
  const [whole, first, rest, last, lazy = ''] = found;
  const sign = whole.charAt(0);
  if (sign === '?') return { least: 0, most: 1, lazy, length: whole.length };
  if (sign !== '{') return { least: sign === '+' ? 1 : 0, most: MOST_REPEATS, lazy, length: whole.length };
  const least = Number(first);
  const isOpen = rest !== undefined && (last === undefined || last === '');
  const most = rest === undefined ? least : isOpen ? least + MOST_REPEATS : Number(last);
  return { least, most, lazy, length: whole.length };
}
