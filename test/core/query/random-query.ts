/** Queries of every shape as trees, for tests that hold for all of them. */
import fc from 'fast-check';
import { QUERY_FIELDS, type NamedField } from '../../../core/query/query-fields.ts';
import type { Pattern, Quantity, QueryNode, ValueTest } from '../../../core/query/query-tree.ts';
import { readQuantity } from '../../../core/query/read-quantity.ts';

const FIELDS: readonly NamedField[] = QUERY_FIELDS;

/** `words`: texts that stand in the traces which are asked, so that some conditions hold. */
export function randomQuery(words: readonly string[], texts: Texts = {}): fc.Arbitrary<QueryNode> {
  const of = (where: 'trace' | 'span'): fc.Arbitrary<QueryNode> => {
    const fields = FIELDS.filter((field) => (where === 'trace' ? field.trace : field.span) !== undefined);
    const leaf = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...fields).chain((field) => condition(field, words, texts)) },
      { weight: 1, arbitrary: pattern(words).map((each): QueryNode => ({ kind: 'text', pattern: each })) },
    );
    return fc.letrec<{ node: QueryNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        leaf,
        tie('node').map((part): QueryNode => ({ kind: 'not', part })),
        joined('and', tie('node')),
        joined('or', tie('node')),
      ),
    })).node;
  };
  const span = of('span').map((part): QueryNode => ({ kind: 'span', part }));
  const trace = of('trace');
  return fc.oneof(
    { weight: 6, arbitrary: trace },
    { weight: 1, arbitrary: span },
    { weight: 1, arbitrary: joined('and', fc.oneof(trace, span)) },
    { weight: 1, arbitrary: fc.constant<QueryNode>({ kind: 'all' }) },
  );
}

/** Quantities to draw from, by type of field. */
type Texts = Readonly<Partial<Record<NamedField['type'], readonly string[]>>>;

const TEXTS: Texts = {
  count: ['0', '1', '3', '10', '100', '1.5k', '10k', '.5M', '2b'],
  money: ['$0.02', '0', '0.001', '$5', '2c', '$1k'],
  duration: ['0', '500ms', '1s', '1.5s', '1m30s', '2h', '1d', '250us', '1w'],
  time: [
    'today',
    'yesterday',
    '7d',
    '2026',
    '2026-11',
    '2026-11-20',
    '2026-11-18T14:00',
    '2026-11-18T14:00:30Z',
    '2026-11-18T14:00:30.25+01:00',
    'now',
  ],
  metadata: ['0.5', '-3', '100'],
};

function joined(kind: 'and' | 'or', node: fc.Arbitrary<QueryNode>): fc.Arbitrary<QueryNode> {
  // As the parser makes them: what one word joins all through has no brackets of its own.
  return fc
    .array(node, { minLength: 2, maxLength: 3 })
    .map((parts) => parts.flatMap((part) => (part.kind === kind ? part.parts : [part])))
    .filter((parts) => parts.length >= 2 && parts.every((part) => part.kind !== 'all'))
    .map((parts) => ({ kind, parts }));
}

function condition(field: NamedField, words: readonly string[], texts: Texts): fc.Arbitrary<QueryNode> {
  const key = field.name === 'metadata' ? fc.constantFrom('tier', 'a.b', 'my key', 'score') : fc.constant('');
  const tests = fc.oneof(
    fc.array(plainTest(field, words, texts), { minLength: 1, maxLength: 3 }),
    ...(isMeasured(field) ? [comparison(field, texts).map((test) => [test])] : []),
  );
  return fc
    .record({ key, tests })
    .map((parts): QueryNode => ({ kind: 'field', field: field.name, ...parts }));
}

function isMeasured({ type }: NamedField): boolean {
  return (
    type === 'count' || type === 'money' || type === 'duration' || type === 'time' || type === 'metadata'
  );
}

function quantity(field: NamedField, texts: Texts): fc.Arbitrary<Quantity> {
  const drawn = texts[field.type] ?? TEXTS[field.type] ?? [];
  return fc.constantFrom(...drawn).map((text) => {
    const read = readQuantity(text, field.type);
    if (read === undefined) throw new Error(`${text} is no ${field.type}`);
    return read;
  });
}

function comparison(field: NamedField, texts: Texts): fc.Arbitrary<ValueTest> {
  const sign = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const);
  return fc
    .record({ comparison: sign, value: quantity(field, texts) })
    .map((parts) => ({ kind: 'compare', ...parts }));
}

function plainTest(field: NamedField, words: readonly string[], texts: Texts): fc.Arbitrary<ValueTest> {
  const any = fc.constant<ValueTest>({ kind: 'any' });
  const like = pattern(words).map((each): ValueTest => ({ kind: 'pattern', pattern: each }));
  switch (field.type) {
    case 'truth':
      return fc.oneof(
        any,
        fc.boolean().map((is): ValueTest => ({ kind: 'truth', is })),
      );
    case 'word':
      return fc.oneof(
        any,
        fc
          .constantFrom(...(field.words ?? []))
          .map((word): ValueTest => ({ kind: 'pattern', pattern: [word] })),
      );
    case 'text':
    case 'metadata':
      return fc.oneof({ weight: 5, arbitrary: like }, any);
    case 'handoff':
      return fc.oneof(
        any,
        like,
        fc
          .record({ from: pattern(words), to: pattern(words) })
          .map((sides): ValueTest => ({ kind: 'handoff', ...sides })),
      );
    default:
      return fc.oneof(
        any,
        quantity(field, texts).map((value): ValueTest => ({ kind: 'compare', comparison: '=', value })),
        fc
          .record({ from: quantity(field, texts), to: quantity(field, texts) })
          .filter(
            ({ from, to }) => from.kind === 'time' || (to.kind === 'number' && from.amount <= to.amount),
          )
          .map((ends): ValueTest => ({ kind: 'range', ...ends })),
      );
  }
}

/** Whole texts mostly; with stars as the parser leaves them: no empty piece between two others. */
function pattern(words: readonly string[]): fc.Arbitrary<Pattern> {
  const word = fc.constantFrom(...words);
  const piece = word.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end)));
  return fc.oneof(
    { weight: 3, arbitrary: word.map((text): Pattern => [text]) },
    {
      weight: 2,
      arbitrary: fc
        .array(piece, { minLength: 2, maxLength: 3 })
        .map((pieces) => pieces.filter((each, i) => each !== '' || i === 0 || i === pieces.length - 1))
        .filter((pieces) => pieces.join('') !== ''),
    },
  );
}
