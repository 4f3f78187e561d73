/**
 * Logfire tells the start of a span by a span of its own below it, of no length, marked `pending_span`: it is an
 * open report of the one it stands below, which the report of that one's end takes the place of.
 */
import { ownAt, stringAt } from '../../model/json.ts';
import type { AttributedSpan } from './attributed-span.ts';

const NONE = /^0*$/;

/** The span that a mark of a start stands for; any other span as it is. */
export function settlePending(span: AttributedSpan): AttributedSpan {
  const { attributes, parentId } = span;
  if (ownAt(attributes, 'logfire.span_type') !== 'pending_span' || parentId === undefined) return span;
  const above = stringAt(attributes, 'logfire.pending_parent_id') ?? '';
  return { ...span, spanId: parentId, parentId: NONE.test(above) ? undefined : above, end: undefined };
}
