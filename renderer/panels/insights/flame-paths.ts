/** Paths of the flame graph of many traces in words, as CSV, and as the query for their traces. */
import { ReachQueries } from '../../../core/analysis/corpus/reach-query.ts';
import { at } from '../../../core/model/assert.ts';
import { writeCsvRow } from '../../../core/writers/csv.ts';
import type { CorpusFlame, Reach } from '../../../core/rpc/corpus.ts';

type Paths = Pick<CorpusFlame, 'parent' | 'kind' | 'name'>;

export function nameOfPath({ name, kind }: Paths, node: number): string {
  const own = at(name, node);
  return own === '' ? at(kind, node) : own;
}

/** From the top down: `Triage › Refunds › look_up`. */
export function pathOf(paths: Paths, node: number): string {
  const names: string[] = [];
  for (let each = node; each > 0; each = at(paths.parent, each)) names.push(nameOfPath(paths, each));
  return names.reverse().join(' › ');
}

/** The language knows spans and no paths: all traces with a span of the kind and name of the path's last. */
export function nodeReach(flame: CorpusFlame, node: number, query: string): Reach {
  const [kind, name] = [at(flame.kind, node), at(flame.name, node)];
  return {
    traces: at(flame.traces, node),
    traceIds: [at(flame.example, node)],
    query: new ReachQueries(query).span({ kind, ...(name !== '' && { name }) }),
  };
}

export function writeFlameCsv(flame: CorpusFlame): string {
  const unit = { time: 'us', self: 'us', tokens: 'tokens', cost: 'usd' }[flame.weight];
  const head = [
    'path',
    'kind',
    'name',
    `total ${unit}`,
    `own ${unit}`,
    'spans',
    'traces',
    'errors',
    'example',
  ];
  const lines = flame.parent.map((_, node) =>
    writeCsvRow([
      node === 0 ? 'all' : pathOf(flame, node),
      at(flame.kind, node),
      at(flame.name, node),
      at(flame.total, node),
      at(flame.own, node),
      at(flame.spans, node),
      at(flame.traces, node),
      at(flame.errors, node),
      at(flame.example, node),
    ]),
  );
  return writeCsvRow(head) + lines.join('');
}
