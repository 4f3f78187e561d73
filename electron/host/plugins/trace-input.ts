/** One trace in the shapes in which hooks take it; each is made when a hook wants it. */
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import { makeTraceHead, projectHead } from '../intake/trace-head.ts';
import type { TraceInput } from './look-at-trace.ts';
import { projectSpans, projectTrace, type WholeTrace } from './project-trace.ts';

export function makeTraceInput(trace: WholeTrace, reads: readonly Read[], nowUs: EpochUs): TraceInput {
  const { id, workflowName, groupId, metadata } = trace.summary;
  const group = groupId === null ? {} : { groupId };
  const head = makeTraceHead(id, [{ workflowName, ...group, metadata, processor: false }]);
  return {
    trace: projectTrace(trace, reads, nowUs),
    head: projectHead(head, reads),
    spans: () => projectSpans(trace, trace.tree.preorder, reads, nowUs),
  };
}
