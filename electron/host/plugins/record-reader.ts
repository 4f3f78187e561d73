/** The records of a trace's spans for a plugin that reads `content`: read in parts, in the order in which they are asked for. */
import type { JsonObject } from '../../../core/model/json.ts';
import type { TraceStore } from '../trace-store.ts';
import type { WholeTrace } from './project-trace.ts';

const PART = 200;

export function makeRecordReader(
  store: Pick<TraceStore, 'readSpans'>,
  { summary, spans, tree }: WholeTrace,
): (spanId: string) => JsonObject | undefined {
  let known = new Map<string, JsonObject>();
  let next = 0;
  const readPart = (): void => {
    const rows = tree.preorder.subarray(next, next + PART);
    next += PART;
    const ids = Array.from(rows, (row) => spans.spanId(row));
    known = new Map(store.readSpans(summary.id, ids).map(({ spanId, record }) => [spanId, record]));
  };
  return (spanId) => {
    // A trace is projected in preorder, so each part is read once.
    while (!known.has(spanId) && next < tree.preorder.length) readPart();
    return known.get(spanId);
  };
}
