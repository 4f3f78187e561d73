/** Reads the conditions of links and saved views from before there was a query: one parameter a value. */
import { readIsoUs } from '../../core/model/time.ts';
import { allOf, startedWithin } from '../../core/query/edit-query.ts';
import { ALL, type FieldCondition, type QueryNode } from '../../core/query/query-tree.ts';
import { readQuantity } from '../../core/query/read-quantity.ts';
import { readLocalClock } from '../store/local-clock.ts';

const FACETS = ['status', 'workflow', 'agent', 'model', 'source'] as const;
const STATUSES = ['in_progress', 'completed', 'failed'];

export function readOldFilter(params: URLSearchParams): QueryNode {
  const words = (params.get('q') ?? '').split(/\s+/).filter((word) => word !== '');
  const conditions = FACETS.flatMap((field): readonly FieldCondition[] => {
    const values = params.getAll(field).filter((value) => field !== 'status' || STATUSES.includes(value));
    const tests = values.map((value) => ({ kind: 'pattern', pattern: [value] }) as const);
    return tests.length === 0 ? [] : [{ kind: 'field', field, key: '', tests }];
  });
  const [fromUs, toUs] = [readIsoUs(params.get('from') ?? ''), readIsoUs(params.get('to') ?? '')];
  const started = startedWithin(
    {
      fromUs: Number.isNaN(fromUs) ? -Infinity : fromUs,
      toUs: Number.isNaN(toUs) ? Infinity : toUs,
    },
    readLocalClock(),
  );
  return allOf([
    ...words.map((word): QueryNode => ({ kind: 'text', pattern: [word] })),
    ...conditions,
    started,
    readErrors(params.get('errors') ?? ''),
  ]);
}

function readErrors(text: string): QueryNode {
  const value = /^[1-9]\d{0,8}$/.test(text) ? readQuantity(text, 'count') : undefined;
  if (value === undefined) return ALL;
  if (text === '1') return { kind: 'field', field: 'error', key: '', tests: [{ kind: 'truth', is: true }] };
  const tests = [{ kind: 'compare', comparison: '>=', value }] as const;
  return { kind: 'field', field: 'errors', key: '', tests };
}
