/** Asks the host for the records of rows of a trace, once. */
import type { SpanDetail } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';
import type { LoadedTrace } from './loaded-trace.ts';

export interface ReadRows {
  /** By row; undefined: the journal has none. */
  readonly details: ReadonlyMap<number, SpanDetail | undefined>;
  /** Rows whose records would have made the answer too large. */
  readonly rest: readonly number[];
}

export async function readRecords(
  link: Pick<Link, 'request'>,
  trace: LoadedTrace,
  rows: readonly number[],
): Promise<ReadRows> {
  const { table } = trace.model;
  const byId = new Map(rows.map((row) => [table.spanId(row), row]));
  const { result } = await link.request('span.get', {
    traceId: trace.summary.id,
    spanIds: [...byId.keys()],
  });
  const details = new Map<number, SpanDetail | undefined>(rows.map((row) => [row, undefined]));
  for (const detail of result.spans) {
    const row = byId.get(detail.spanId);
    if (row !== undefined) details.set(row, detail);
  }
  const rest = result.rest.flatMap((id) => byId.get(id) ?? []);
  for (const row of rest) details.delete(row);
  return { details, rest };
}

/** All of them, in as many answers as it takes; what the journal does not have is left out. */
export async function readAllRecords(
  link: Pick<Link, 'request'>,
  trace: LoadedTrace,
  rows: readonly number[],
): Promise<ReadonlyMap<number, SpanDetail>> {
  const found = new Map<number, SpanDetail>();
  let open = rows;
  while (open.length > 0) {
    const { details, rest } = await readRecords(link, trace, open);
    for (const [row, detail] of details) if (detail !== undefined) found.set(row, detail);
    // An answer that brings nothing on would be asked for without end.
    open = rest.length < open.length ? rest : [];
  }
  return found;
}
