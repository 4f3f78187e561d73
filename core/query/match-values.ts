/** The tests of one condition as a question to one value: made once a query, asked once a row. */
import { assertNever } from '../model/assert.ts';
import type { Comparison, Pattern, Quantity, QueryClock, ValueTest } from './query-tree.ts';
import { resolveComparison, resolveRange, type TimeSpan } from './resolve-time.ts';

/** Upper and lower case are one. The empty text is a value that is not there. */
export function textQuestion(tests: readonly ValueTest[]): (text: string) => boolean {
  const questions = tests.map((test): ((text: string) => boolean) => {
    if (test.kind === 'any') return (text) => text !== '';
    return test.kind === 'pattern' ? patternQuestion(test.pattern) : () => false;
  });
  const [only] = questions;
  if (questions.length === 1 && only !== undefined) return only;
  return (text) => questions.some((question) => question(text));
}

/** The whole text must be like the pattern. */
export function patternQuestion(pattern: Pattern): (text: string) => boolean {
  const pieces = pattern.map((piece) => piece.toLowerCase());
  const [first = ''] = pieces;
  if (pieces.length === 1) return (text) => text.toLowerCase() === first;
  const last = pieces.at(-1) ?? '';
  const middle = pieces.slice(1, -1);
  return (text) => {
    const lower = text.toLowerCase();
    if (!lower.startsWith(first)) return false;
    const end = findInOrder(lower, middle, first.length);
    return end >= 0 && end + last.length <= lower.length && lower.endsWith(last);
  };
}

/** The pattern must stand somewhere in the text. */
export function insideQuestion(pattern: Pattern): (text: string) => boolean {
  const pieces = pattern.map((piece) => piece.toLowerCase());
  return (text) => findInOrder(text.toLowerCase(), pieces, 0) >= 0;
}

/** Where the last of the pieces ends, each behind the one before it; -1 where one is missing. */
function findInOrder(text: string, pieces: readonly string[], from: number): number {
  let end = from;
  for (const piece of pieces) {
    const at = text.indexOf(piece, end);
    if (at < 0) return -1;
    end = at + piece.length;
  }
  return end;
}

/** NaN is a value that is not there. Durations are asked in microseconds, money in US dollars. */
export function numberQuestion(tests: readonly ValueTest[], clock: QueryClock): (value: number) => boolean {
  const questions = tests.map((test) => oneNumberQuestion(test, clock));
  const [only] = questions;
  if (questions.length === 1 && only !== undefined) return only;
  return (value) => questions.some((question) => question(value));
}

function oneNumberQuestion(test: ValueTest, clock: QueryClock): (value: number) => boolean {
  switch (test.kind) {
    case 'any':
      return (value) => !Number.isNaN(value);
    case 'compare':
      return compareQuestion(test.value, test.comparison, clock);
    case 'range': {
      const { from, to } = test;
      if (from.kind === 'number' && to.kind === 'number') {
        return (value) => value >= from.amount && value <= to.amount;
      }
      if (from.kind === 'time' && to.kind === 'time') {
        return withinQuestion(resolveRange(from.time, to.time, clock));
      }
      return () => false;
    }
    case 'pattern':
    case 'truth':
    case 'handoff':
      return () => false;
    default:
      return assertNever(test);
  }
}

function compareQuestion(
  value: Quantity,
  comparison: Comparison,
  clock: QueryClock,
): (value: number) => boolean {
  if (value.kind === 'time') return withinQuestion(resolveComparison(value.time, comparison, clock));
  const { amount } = value;
  switch (comparison) {
    case '=':
      return (given) => given === amount;
    case '<':
      return (given) => given < amount;
    case '<=':
      return (given) => given <= amount;
    case '>':
      return (given) => given > amount;
    case '>=':
      return (given) => given >= amount;
  }
}

function withinQuestion({ fromUs, toUs }: TimeSpan): (us: number) => boolean {
  return (us) => us >= fromUs && us < toUs;
}

export function truthQuestion(tests: readonly ValueTest[]): (value: boolean) => boolean {
  return (value) => tests.some((test) => test.kind === 'any' || (test.kind === 'truth' && test.is === value));
}

/** `Triage->Billing`; a name without an arrow is either side. A side that is not known is the empty text. */
export function handoffQuestion(
  tests: readonly ValueTest[],
): (from: string | null, to: string | null) => boolean {
  const questions = tests.map((test): ((from: string, to: string) => boolean) => {
    if (test.kind === 'any') return () => true;
    if (test.kind === 'pattern') {
      const question = patternQuestion(test.pattern);
      return (from, to) => question(from) || question(to);
    }
    if (test.kind !== 'handoff') return () => false;
    const [before, behind] = [patternQuestion(test.from), patternQuestion(test.to)];
    return (from, to) => before(from) && behind(to);
  });
  return (from, to) => questions.some((question) => question(from ?? '', to ?? ''));
}
