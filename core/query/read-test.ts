/** Reads one value behind a field as the test it stands for. */
import type { QueryField } from './query-fields.ts';
import { FAULTS } from './query-fault.ts';
import type { Comparison, Pattern, Quantity, ValueTest } from './query-tree.ts';
import { readQuantity } from './read-quantity.ts';
import { patternOf, plainText, splitArrow, type Atom } from './scan-word.ts';

export type ReadTest = { readonly test: ValueTest } | { readonly message: string };

const ANY: Pattern = ['', ''];

/** `comparison` undefined: a colon. */
export function readTest(
  atoms: readonly Atom[],
  comparison: Comparison | undefined,
  field: QueryField,
  key: string,
): ReadTest {
  const isEqual = comparison === undefined || comparison === '=';
  if (field.type === 'metadata' && !isEqual) {
    const value = readQuantity(plainText(atoms) ?? '', 'metadata');
    if (value === undefined) return { message: FAULTS.badNumber(`metadata.${key}`) };
    return { test: { kind: 'compare', comparison, value } };
  }
  const isMeasured =
    field.type === 'count' || field.type === 'money' || field.type === 'duration' || field.type === 'time';
  if (!isMeasured && !isEqual) return { message: FAULTS.noComparison(field) };
  if (isEqual && atoms.every(({ kind }) => kind === 'star')) return { test: { kind: 'any' } };
  if (isMeasured) return readMeasured(plainText(atoms), comparison ?? '=', field);
  switch (field.type) {
    case 'truth':
      return readTruth(plainText(atoms)?.toLowerCase(), field);
    case 'word':
      return readWordTest(patternOf(atoms), field);
    case 'handoff': {
      const sides = splitArrow(atoms);
      if (sides === undefined) return { test: { kind: 'pattern', pattern: patternOf(atoms) } };
      const side = (of: readonly Atom[]): Pattern => (of.length === 0 ? ANY : patternOf(of));
      return { test: { kind: 'handoff', from: side(sides.from), to: side(sides.to) } };
    }
    default:
      return { test: { kind: 'pattern', pattern: patternOf(atoms) } };
  }
}

function readTruth(word: string | undefined, field: QueryField): ReadTest {
  if (word === 'true' || word === 'yes') return { test: { kind: 'truth', is: true } };
  if (word === 'false' || word === 'no') return { test: { kind: 'truth', is: false } };
  return { message: FAULTS.badTruth(field) };
}

function readWordTest(pattern: Pattern, field: QueryField): ReadTest {
  const { words = [], wordAliases = {} } = field;
  const [only = ''] = pattern;
  if (pattern.length > 1) return { test: { kind: 'pattern', pattern } };
  const word = only.toLowerCase().replace(/[- ]/g, '_');
  const meant =
    words.find((each) => each === word) ?? (Object.hasOwn(wordAliases, word) && wordAliases[word]);
  if (typeof meant !== 'string') return { message: FAULTS.badWord(only, field) };
  return { test: { kind: 'pattern', pattern: [meant] } };
}

function readMeasured(text: string | undefined, comparison: Comparison, field: QueryField): ReadTest {
  const read = (part: string): Quantity | undefined => readQuantity(part, field.type);
  const dots = text?.indexOf('..') ?? -1;
  if (text === undefined) return { message: badQuantity(field) };
  if (dots < 0 || comparison !== '=') {
    const value = read(text);
    return value === undefined
      ? { message: badQuantity(field) }
      : { test: { kind: 'compare', comparison, value } };
  }
  const [before, behind] = [text.slice(0, dots), text.slice(dots + 2)];
  const [from, to] = [read(before), read(behind)];
  if ((from === undefined && before !== '') || (to === undefined && behind !== '')) {
    return { message: badQuantity(field) };
  }
  if (from === undefined) {
    if (to === undefined) return { message: badQuantity(field) };
    return { test: { kind: 'compare', comparison: '<=', value: to } };
  }
  if (to === undefined) return { test: { kind: 'compare', comparison: '>=', value: from } };
  const isEmpty = from.kind === 'number' && to.kind === 'number' && from.amount > to.amount;
  return isEmpty ? { message: FAULTS.emptyRange() } : { test: { kind: 'range', from, to } };
}

function badQuantity(field: QueryField): string {
  switch (field.type) {
    case 'money':
      return FAULTS.badMoney(field);
    case 'duration':
      return FAULTS.badDuration(field);
    case 'time':
      return FAULTS.badTime(field);
    default:
      return FAULTS.badCount(field);
  }
}
