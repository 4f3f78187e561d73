/** Writes a tree as the text that reads as this tree, with as few brackets and quotation marks as that takes. */
import { assertNever } from '../model/assert.ts';
import { CONDITION_HEAD } from './parse-query.ts';
import type { FieldCondition, Pattern, QueryNode, ValueTest } from './query-tree.ts';

/** `all` is the empty text. */
export function writeQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '';
    case 'and':
      return node.parts.map((part) => (part.kind === 'or' ? bracket(part) : writeQuery(part))).join(' ');
    case 'or':
      return node.parts.map(writeQuery).join(' or ');
    case 'not':
      return `not ${node.part.kind === 'and' || node.part.kind === 'or' ? bracket(node.part) : writeQuery(node.part)}`;
    case 'span':
      return `span${bracket(node.part)}`;
    case 'text':
      return writeText(node.pattern);
    case 'field':
      return writeCondition(node);
    default:
      return assertNever(node);
  }
}

function bracket(node: QueryNode): string {
  return `(${writeQuery(node)})`;
}

function writeCondition({ field, key, tests }: FieldCondition): string {
  const name = field === 'metadata' ? `metadata.${isPlainKey(key) ? key : quote(key)}` : field;
  const [first] = tests;
  if (first?.kind === 'compare' && first.comparison !== '=') {
    return `${name}${first.comparison}${tests.map((test) => writeTest(test, field)).join(',')}`;
  }
  return `${name}:${tests.map((test) => writeTest(test, field)).join(',')}`;
}

function writeTest(test: ValueTest, field: FieldCondition['field']): string {
  switch (test.kind) {
    case 'any':
      return '*';
    case 'truth':
      return String(test.is);
    case 'compare':
      return test.value.text;
    case 'range':
      return `${test.from.text}..${test.to.text}`;
    case 'pattern':
      return writePattern(test.pattern, field === 'handoff' ? isBareSide : isBareValue);
    case 'handoff':
      return `${writePattern(test.from, isBareSide)}->${writePattern(test.to, isBareSide)}`;
    default:
      return assertNever(test);
  }
}

function writePattern(pattern: Pattern, isBare: (piece: string) => boolean): string {
  if (pattern.length === 1 && pattern[0] === '') return '""';
  return pattern.map((piece) => (piece === '' || isBare(piece) ? piece : quote(piece))).join('*');
}

function writeText(pattern: Pattern): string {
  const [first = ''] = pattern;
  const text = writePattern(pattern, (piece) => /^[^\s()"*]+$/.test(piece));
  CONDITION_HEAD.lastIndex = 0;
  const isOther = CONDITION_HEAD.test(text) || /^(-|(and|or|not|span)$)/i.test(first);
  if (!isOther || text.startsWith('"')) return text;
  // Quoted at the front, it is neither a condition nor a word of the language.
  return [
    quote(first),
    ...pattern.slice(1).map((piece) => writePattern([piece], isBareValue).replace(/^""$/, '')),
  ].join('*');
}

function isBareValue(piece: string): boolean {
  return /^[^\s()",*]+$/.test(piece);
}

function isBareSide(piece: string): boolean {
  return isBareValue(piece) && !/->|→|-$|^>/.test(piece);
}

function isPlainKey(key: string): boolean {
  return /^(?:[\p{L}\p{N}_][\p{L}\p{N}_.-]*[\p{L}\p{N}_]|[\p{L}\p{N}_])$/u.test(key);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A value as it stands behind a field. */
export function quoteValue(value: string): string {
  return value !== '' && isBareValue(value) ? value : quote(value);
}
