/** What can stand where the caret is: the fields there are, the words of a field, or values that somebody must look up. */
import { findField } from './find-field.ts';
import { QUERY_FIELDS, type NamedField } from './query-fields.ts';
import { quoteValue } from './write-query.ts';

/** What is being written at the caret. */
export type CaretPlace =
  | {
      readonly kind: 'field';
      readonly from: number;
      readonly to: number;
      readonly typed: string;
      readonly inSpan: boolean;
    }
  | {
      readonly kind: 'value';
      /** The text of the value alone. */
      readonly from: number;
      readonly to: number;
      /** Without its quotation marks. */
      readonly typed: string;
      readonly field: NamedField;
      /** Of metadata. */
      readonly key: string;
      readonly inSpan: boolean;
    };

export interface Suggestion {
  /** What comes to stand from `from` to `to`. */
  readonly text: string;
  /** What is shown, and what is said of it. */
  readonly label: string;
  readonly says: string;
  /** A field waits for its value, so that one goes on typing. */
  readonly isWhole: boolean;
}

const CONDITION =
  /^(-?)(metadata\.(?:"[^"]*"|[^\s:<>="]+)|[\p{L}_][\p{L}_.]*)(:>=|:<=|:>|:<|>=|<=|:|>|<|=)/iu;

/** Undefined inside a quotation that is no value. */
export function placeOfCaret(text: string, caret: number): CaretPlace | undefined {
  let [start, open, isQuoted, spanAt] = [0, 0, false, -1];
  for (let i = 0; i < caret; i++) {
    const mark = text[i] ?? '';
    if (mark === '"') isQuoted = !isQuoted;
    if (isQuoted || !/[\s()]/.test(mark)) continue;
    if (mark === '(') {
      open++;
      if (spanAt < 0 && text.slice(start, i).toLowerCase() === 'span') spanAt = open;
    } else if (mark === ')') {
      if (spanAt === open) spanAt = -1;
      open--;
    }
    start = i + 1;
  }
  const inSpan = spanAt >= 0;
  const to = endOfWord(text, caret, isQuoted);
  const word = text.slice(start, caret);
  const condition = CONDITION.exec(word);
  if (condition === null) {
    const from = start + (word.startsWith('-') ? 1 : 0);
    return isQuoted ? undefined : { kind: 'field', from, to, typed: text.slice(from, caret), inSpan };
  }
  const [head, , name = ''] = condition;
  const isMetadata = name.toLowerCase().startsWith('metadata.');
  const field = findField(isMetadata ? 'metadata' : name);
  if (field === undefined) return undefined;
  // Behind the last comma of the values.
  const values = word.slice(head.length);
  const from =
    start +
    head.length +
    (isQuoted ? values.lastIndexOf(',', values.lastIndexOf('"')) : values.lastIndexOf(',')) +
    1;
  const typed = text.slice(from, caret).replace(/^"|"$/g, '');
  const key = isMetadata ? name.slice('metadata.'.length).replace(/^"|"$/g, '') : '';
  return { kind: 'value', from, to, typed, field, key, inSpan };
}

function endOfWord(text: string, caret: number, isQuoted: boolean): number {
  if (isQuoted) {
    const close = text.indexOf('"', caret);
    return close < 0 ? text.length : close + 1;
  }
  const rest = /^[^\s(),"]*/.exec(text.slice(caret));
  return caret + (rest?.[0].length ?? 0);
}

/** Fields that begin with what was typed, then those that have it in them. */
export function suggestFields(typed: string, inSpan: boolean): readonly Suggestion[] {
  const word = typed.toLowerCase();
  const fields: readonly NamedField[] = QUERY_FIELDS;
  const fitting = fields
    .filter((field) => (inSpan ? field.span === true : field.trace !== undefined))
    .map((field) => ({ field, rank: rankOf(word, [field.name, ...(field.aliases ?? [])]) }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }): Suggestion => ({
      text: headOf(field),
      label: headOf(field),
      says: field.says,
      isWhole: false,
    }));
  const span: Suggestion = {
    text: 'span(',
    label: 'span(…)',
    says: 'A span that is all of this.',
    isWhole: false,
  };
  return inSpan || rankOf(word, ['span']) > 1 ? fitting : [...fitting, span];
}

function rankOf(word: string, names: readonly string[]): number {
  if (names.some((name) => name.startsWith(word))) return 0;
  return names.some((name) => name.includes(word)) ? 1 : 2;
}

function headOf({ name, type }: NamedField): string {
  if (type === 'metadata') return 'metadata.';
  return type === 'count' || type === 'duration' || type === 'money' ? `${name}>` : `${name}:`;
}

/** Undefined: somebody must look up which values there are. */
export function suggestWords({
  field,
  typed,
}: CaretPlace & { kind: 'value' }): readonly Suggestion[] | undefined {
  const words = WORDS_OF_TYPE[field.type] ?? field.words?.map((word) => [word, ''] as const);
  return words
    ?.filter(([word]) => word.startsWith(typed.toLowerCase()))
    .map(([word, says]) => ({ text: word, label: word, says, isWhole: true }));
}

const WORDS_OF_TYPE: Readonly<Partial<Record<NamedField['type'], readonly (readonly [string, string])[]>>> = {
  truth: [
    ['true', ''],
    ['false', ''],
  ],
  time: [
    ['today', 'since midnight'],
    ['yesterday', ''],
    ['24h', 'the last day'],
    ['7d', 'the last seven days'],
    ['30d', 'the last thirty days'],
  ],
  duration: [
    ['500ms', ''],
    ['1s', ''],
    ['10s', ''],
    ['1m', ''],
    ['1h', ''],
  ],
  count: [],
  money: [
    ['$0.01', ''],
    ['$0.10', ''],
    ['$1', ''],
  ],
};

export function suggestValue(value: string, traces: number): Suggestion {
  const says = traces === 0 ? '' : traces.toLocaleString('en');
  return { text: quoteValue(value), label: value === '' ? 'Unnamed' : value, says, isWhole: true };
}

/** The query with a suggestion taken, and where the caret goes. */
export function takeSuggestion(
  text: string,
  { from, to }: CaretPlace,
  { text: taken, isWhole }: Suggestion,
): { readonly text: string; readonly caret: number } {
  const behind = text.slice(to);
  const gap = isWhole && !/^[\s),]/.test(behind) ? ' ' : '';
  return { text: `${text.slice(0, from)}${taken}${gap}${behind}`, caret: from + taken.length + gap.length };
}
