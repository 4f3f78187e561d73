/** What changed between two texts: word by word, or line by line, and in bounded time. */
import { diffLines, diffWordsWithSpace } from 'diff';

export interface TextPiece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const WORDS_UP_TO = 20_000;
/** Texts that differ more than can be told in this time are shown one after the other. */
const MOST_MS = 60;
/** Of what is the same, so much is shown on either side of a change. */
const AROUND = 120;

export function findTextChanges(before: string, after: string): readonly TextPiece[] {
  const head = commonHead(before, after);
  const tail = commonTail(before.slice(head), after.slice(head));
  const pieces: TextPiece[] = [
    { kind: 'same', text: before.slice(0, head) },
    ...findChanges(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    { kind: 'same', text: before.slice(before.length - tail) },
  ];
  const joined = pieces.filter(({ text }) => text !== '');
  return joined.map(({ kind, text }, i) =>
    kind === 'same' ? { kind, text: shorten(text, i === 0, i === joined.length - 1) } : { kind, text },
  );
}

function findChanges(before: string, after: string): readonly TextPiece[] {
  const options = { timeout: MOST_MS };
  const isShort = before.length + after.length <= WORDS_UP_TO;
  const changes = isShort ? diffWordsWithSpace(before, after, options) : diffLines(before, after, options);
  if (changes === undefined) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** Lines that stay, come or go; of long runs that stay only what is near a change is kept, and the rest counted. */
export type LineChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly line: string }
  | { readonly kind: 'skipped'; readonly lines: number };

const NEAR_LINES = 2;

export function findLineChanges(before: string, after: string): readonly LineChange[] {
  const changes = diffLines(before, after, { timeout: MOST_MS }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return changes.flatMap(({ value, added, removed }, i): readonly LineChange[] => {
    const lines = linesOf(value);
    if (added || removed) return lines.map((line) => ({ kind: added ? 'added' : 'removed', line }));
    const head = i === 0 ? 0 : NEAR_LINES;
    const tail = i === changes.length - 1 ? 0 : NEAR_LINES;
    const same = lines.map((line) => ({ kind: 'same', line }) as const);
    const skipped = lines.length - head - tail;
    if (skipped <= NEAR_LINES) return same;
    return [...same.slice(0, head), { kind: 'skipped', lines: skipped }, ...same.slice(lines.length - tail)];
  });
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** How alike two texts are, from 0 to 1: the share of letters that stand in both, in order. */
export function measureLikeness(before: string, after: string): number {
  if (before === after) return 1;
  const same = findChanges(before, after)
    .filter(({ kind }) => kind === 'same')
    .reduce((sum, { text }) => sum + text.length, 0);
  return (2 * same) / (before.length + after.length);
}

/** Letters that both begin with, up to the end of a word. */
function commonHead(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  while (length > 0 && length < most && !isSpace(a, length - 1)) length--;
  return length;
}

function commonTail(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length++;
  while (length > 0 && length < most && !isSpace(a, a.length - length)) length--;
  return length;
}

function isSpace(text: string, place: number): boolean {
  return /\s/.test(text.charAt(place));
}

function shorten(text: string, isFirst: boolean, isLast: boolean): string {
  const head = isFirst ? 0 : AROUND;
  const tail = isLast ? 0 : AROUND;
  if (text.length <= head + tail + AROUND) return text;
  return `${text.slice(0, head)} … ${tail === 0 ? '' : text.slice(-tail)}`;
}
