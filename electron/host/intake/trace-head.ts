/** What is known of a trace before its spans are, as access and head sampling get it: only what each of them reads. */
import { mergeHeaders, type TraceHeader } from '../../../core/model/trace-entry.ts';
import type { Json } from '../../../core/model/json.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import { readUserId } from '../../../core/plugin-api/user-id.ts';
import { TRACE_HEAD_FIELDS, type TraceHeadView } from '../../../core/plugin-api/views.ts';

export function makeTraceHead(id: string, headers: readonly TraceHeader[]): TraceHeadView {
  const { workflowName, groupId, metadata = {} } = mergeHeaders(headers);
  const userId = readUserId(metadata);
  return {
    id,
    ...(workflowName !== undefined && { workflowName }),
    ...(groupId !== undefined && { groupId }),
    metadata,
    ...(userId !== undefined && { userId }),
  };
}

/** JSON of the fields that `reads` names. */
export function projectHead(head: TraceHeadView, reads: readonly Read[]): string {
  const given: Record<string, Json | undefined> = { id: head.id };
  for (const [field, read] of Object.entries(TRACE_HEAD_FIELDS)) {
    if (reads.includes(read)) given[field] = head[field as keyof typeof TRACE_HEAD_FIELDS];
  }
  return JSON.stringify(given);
}
